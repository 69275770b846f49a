/**
 * What a connection may do in its subgraph's schema: `owner` migrates and imports, `public` reads what is
 * published, `agent` acts for a signed-in person under row-level security.
 */
export type Role = 'owner' | 'public' | 'agent';

export const ROLES: readonly Role[] = ['owner', 'public', 'agent'];

/** Every schema that a part of the hub owns, in the order of migration: later ones may read `directory`. */
export const SUBGRAPHS = [
  'administrations',
  'indicators',
  'testimonies',
  'simplification',
  'improvement',
] as const;

/** Name of the PostgreSQL role, e.g. `indicators_public`. Roles belong to the whole cluster. */
export const roleName = (subgraph: string, role: Role) => `${subgraph}_${role}`;

/** Schemas where the trusted extensions may live; last on the search path of every connection. */
export const EXTENSION_SCHEMA = 'extensions';
