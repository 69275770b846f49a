/** Roles of those who ask, from the least to the most entitled. */
export const VIEWER_ROLES = [
  'PUBLIC',
  'ANALYST',
  'LOCAL_REFERENT',
  'SUPER_AGENT',
  'NETWORK_HQ',
  'MODERATOR',
  'DITP',
] as const;
export type ViewerRole = (typeof VIEWER_ROLES)[number];

/** What the schema asks for with `@requiresScopes`; a scope says what may be done, the viewer where. */
export const SCOPES = [
  'imports:read',
  'drafts:write',
  'results:publish',
  'indicators:define',
  'commitments:word',
  'audit:read',
  'testimonies:moderate',
  'replies:read',
  'replies:write',
  'replies:validate',
  'simplification:read',
  'simplification:write',
  'panels:manage',
  'improvement:read',
  'improvement:write',
  'labels:award',
  'governance:write',
  'exports:read',
] as const;
export type Scope = (typeof SCOPES)[number];

/** Of those who work on site: they reply, examine themselves and plan, in their own structures. */
const AT_WORK: readonly Scope[] = [
  'replies:read',
  'replies:write',
  'simplification:read',
  'simplification:write',
  'improvement:read',
  'improvement:write',
];

const HEADQUARTERS: readonly Scope[] = [
  'imports:read',
  'drafts:write',
  'results:publish',
  'indicators:define',
  'commitments:word',
  'audit:read',
  'panels:manage',
  ...AT_WORK,
  'exports:read',
];

/** The scopes of each role: the one table that decides. */
export const SCOPES_OF: Readonly<Record<ViewerRole, readonly Scope[]>> = {
  PUBLIC: [],
  ANALYST: ['imports:read', 'exports:read'],
  LOCAL_REFERENT: AT_WORK,
  // Whoever validates replies, and nobody below: it is the network that speaks.
  SUPER_AGENT: ['replies:read', 'replies:write', 'replies:validate'],
  NETWORK_HQ: HEADQUARTERS,
  MODERATOR: ['imports:read', 'testimonies:moderate'],
  DITP: [...HEADQUARTERS, 'testimonies:moderate', 'replies:validate', 'labels:award', 'governance:write'],
};

/** Roles that see every network. */
const EVERYWHERE: ReadonlySet<ViewerRole> = new Set(['ANALYST', 'MODERATOR', 'DITP']);

/** Who asks, as the gateway established it. Subgraphs decide on it what may be seen and done. */
export interface Viewer {
  readonly role: ViewerRole;
  /** Names the person or the key in the audit, `key:…` or `person:…`; null for anybody. Never a name or an e-mail. */
  readonly subject: string | null;
  /** Id of the network that the role is bound to (NETWORK_HQ, SUPER_AGENT, LOCAL_REFERENT); else null. */
  readonly network: string | null;
  /** Id of the structure at the top of the subtree that the role is bound to (LOCAL_REFERENT); else null. */
  readonly structure: string | null;
}

/** Anybody: sees published data only. */
export const ANONYMOUS: Viewer = Object.freeze({
  role: 'PUBLIC',
  subject: null,
  network: null,
  structure: null,
});

/** Whether the role of the viewer has a scope, wherever. */
export const hasScope = (viewer: Viewer, scope: string): boolean =>
  SCOPES_OF[viewer.role].some((owned) => owned === scope);

/** Whether the viewer uses its scopes on every network. */
export const isEverywhere = ({ role }: Viewer): boolean => EVERYWHERE.has(role);

/** Whether the viewer may use its scopes on this network. An unknown network is answered like a forbidden one. */
export const reaches = ({ role, network }: Viewer, wanted: string): boolean =>
  EVERYWHERE.has(role) || (network !== null && network === wanted);

/** What the answers depend on: two viewers of the same audience see the same. */
export const audienceOf = ({ role, network, structure }: Viewer): string =>
  `${role} ${network ?? '-'} ${structure ?? '-'}`;
