import { EXPORT_SETS } from '../export/sets.ts';
import type { RawPath, RawRoute } from './route.ts';

/** One address beside GraphQL, and who answers there. */
export interface RawAddress {
  method: RawRoute['method'];
  path: RawPath;
  /** Name of the subgraph, or how the parts of the path tell it; undefined where nobody answers. */
  subgraph: string | ((params: Params) => string | undefined);
}

type Params = Readonly<Record<string, string>>;

/** The closed list of what the gateway offers beside GraphQL: a subgraph cannot open another door. */
export const RAW_ADDRESSES: readonly RawAddress[] = [
  { method: 'PUT', path: '/files', subgraph: 'simplification' },
  { method: 'GET', path: '/files/:id', subgraph: 'simplification' },
  { method: 'GET', path: '/contacts/:id', subgraph: 'testimonies' },
  { method: 'PUT', path: '/contacts/:id', subgraph: 'testimonies' },
  { method: 'GET', path: '/export/:file', subgraph: ({ file = '' }) => EXPORT_SETS.get(setOf(file)) },
];

/** Longest that one exchange may take, upload included, in milliseconds. */
export const RAW_DEADLINE = 120_000;

/** `results` of `results.csv`. */
const setOf = (file: string) => file.split('.')[0] ?? '';

/** Longest that an export may take, in milliseconds: two hours. */
export const LONG_DEADLINE = 2 * 60 * 60_000;

/** Whether the answers of an address go on for as long as there are rows. */
export const isLong = ({ path }: Pick<RawAddress, 'method' | 'path'>): boolean => path === '/export/:file';

/** What the parts of a path look like; anything else names nothing. */
const FORMS: Readonly<Record<string, RegExp>> = {
  id: /^[A-Z]+-[\w.:-]{1,119}$/,
  file: /^[a-z]{1,40}(\.[a-z]{1,10})?$/,
};

/** Whether the parts of a path can name something. */
export const wellFormed = (params: Params): boolean =>
  Object.entries(params).every(([name, value]) => FORMS[name]?.test(value) ?? false);

/** The path and parameters of a request, filled in: what a signature is for, and what a subgraph is asked. */
export function filledPath(path: RawPath, params: Params, query: URLSearchParams): string {
  const filled = path.replace(/:(\w+)/g, (_part, name: string) => encodeURIComponent(params[name] ?? ''));
  return query.size === 0 ? filled : `${filled}?${query}`;
}

/** The parameters of an address, in one form whatever the way in which it is written. */
export function queryOf(url: string): URLSearchParams {
  const start = url.indexOf('?');
  return new URLSearchParams(start < 0 ? '' : url.slice(start + 1));
}
