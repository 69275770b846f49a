import type { RawPath, RawRoute } from './route.ts';

/** One address beside GraphQL, and who answers there. */
export interface RawAddress {
  method: RawRoute['method'];
  path: RawPath;
  /** Name of the subgraph. */
  subgraph: string;
}

/** The closed list of what the gateway offers beside GraphQL: a subgraph cannot open another door. */
export const RAW_ADDRESSES: readonly RawAddress[] = [
  { method: 'PUT', path: '/files', subgraph: 'simplification' },
  { method: 'GET', path: '/files/:id', subgraph: 'simplification' },
  { method: 'GET', path: '/contacts/:id', subgraph: 'testimonies' },
  { method: 'PUT', path: '/contacts/:id', subgraph: 'testimonies' },
];

/** Longest that one exchange may take, upload included, in milliseconds. */
export const RAW_DEADLINE = 120_000;

/** What an id in a path looks like; anything else names nothing. */
const ID = /^[A-Z]+-[\w.:-]{1,119}$/;

/** Whether the parts of a path can name something. */
export const wellFormed = (params: Readonly<Record<string, string>>): boolean =>
  Object.values(params).every((value) => ID.test(value));

/** The path of a request, filled in: what a signature is for, and what a subgraph is asked. */
export const filledPath = (path: RawPath, params: Readonly<Record<string, string>>): string =>
  path.replace(/:(\w+)/g, (_part, name: string) => encodeURIComponent(params[name] ?? ''));
