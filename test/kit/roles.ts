import type { Viewer } from '../../kernel/viewer.ts';
import { createKey, type WantedKey } from './keys.ts';

/** Real places of the bundled data: a network, another one, and a structure of the first. */
export const OWN_NETWORK = 'NET-caf';
export const OTHER_NETWORK = 'NET-cpam';
export const OWN_STRUCTURE = 'STR-DEMO-caf-62';

/** Those who ask, from the least to the most entitled: anybody, then a key of each role. */
export const CALLERS = [
  'anonymous',
  'PUBLIC',
  'ANALYST',
  'LOCAL_REFERENT',
  'SUPER_AGENT',
  'NETWORK_HQ',
  'MODERATOR',
  'DITP',
] as const;
export type Caller = (typeof CALLERS)[number];

/** What the keys are for. Roles that are bound are bound to `OWN_NETWORK`, the other headquarters to another. */
const GRANTS = {
  PUBLIC: { role: 'PUBLIC' },
  ANALYST: { role: 'ANALYST' },
  LOCAL_REFERENT: { role: 'LOCAL_REFERENT', network: OWN_NETWORK, structure: OWN_STRUCTURE },
  SUPER_AGENT: { role: 'SUPER_AGENT', network: OWN_NETWORK },
  NETWORK_HQ: { role: 'NETWORK_HQ', network: OWN_NETWORK },
  MODERATOR: { role: 'MODERATOR' },
  DITP: { role: 'DITP' },
  OTHER_HQ: { role: 'NETWORK_HQ', network: OTHER_NETWORK },
} as const satisfies Record<string, WantedKey>;

/** Keys by who they are for; none for anybody. `OTHER_HQ` is the headquarters of another network. */
export type Keys = Readonly<Record<Exclude<Caller, 'anonymous'> | 'OTHER_HQ', string>> & {
  readonly anonymous: undefined;
};

/** One key per role, made in the register of a database that `startedDatabase` gave. */
export async function rolesOf(databaseUrl: string): Promise<Keys> {
  const entries: [string, string][] = [];
  for (const [name, grant] of Object.entries(GRANTS))
    entries.push([name, await createKey(databaseUrl, grant)]);
  return { anonymous: undefined, ...(Object.fromEntries(entries) as Record<keyof typeof GRANTS, string>) };
}

/** The viewer that the gateway makes of one of these keys, for tests that ask a subgraph directly. */
export function viewerLike(caller: keyof typeof GRANTS): Viewer {
  const grant: WantedKey = GRANTS[caller];
  return {
    role: grant.role,
    subject: `key:test-${caller}`,
    network: grant.network ?? null,
    structure: grant.structure ?? null,
  };
}
