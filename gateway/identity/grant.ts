import type { Viewer, ViewerRole } from '../../kernel/viewer.ts';

/** What a key or a member may do, and where: ids of the directory. */
export interface Grant {
  role: ViewerRole;
  network: string | null;
  structure: string | null;
}

/** What each role must be bound to, and nothing more; the table of keys holds the same rule. */
const BOUND_TO: Readonly<Record<ViewerRole, 'nothing' | 'network' | 'structure'>> = {
  PUBLIC: 'nothing',
  ANALYST: 'nothing',
  LOCAL_REFERENT: 'structure',
  SUPER_AGENT: 'network',
  NETWORK_HQ: 'network',
  MODERATOR: 'nothing',
  DITP: 'nothing',
};

/** What is wrong with a grant as it is asked for, in one sentence; null when role, network and structure fit. */
export function misfit({ role, network, structure }: Grant): string | null {
  const bound = BOUND_TO[role];
  if (bound === 'nothing' && (network !== null || structure !== null))
    return `${role} is bound to no network and no structure.`;
  if (bound === 'network' && (network === null || structure !== null))
    return `${role} is bound to one network, and to no structure.`;
  if (bound === 'structure' && structure === null) return `${role} is bound to one structure.`;
  return null;
}

/** The viewer that a grant makes of a subject, `key:…` or `person:…`. */
export const viewerOf = ({ role, network, structure }: Grant, subject: string): Viewer => ({
  role,
  subject,
  network,
  structure,
});
