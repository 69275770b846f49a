import { TEST_SECRET } from '../../kit/hub.ts';

/** What must be in no answer, neither in its headers nor in its body, whatever was asked. */
const LEAKS = {
  host: /\blocalhost\b|\b(?:\d{1,3}\.){3}\d{1,3}\b|\[::1?\]|\bpostgres(?:ql)?:/,
  path: /(?<![\w/.])\/(?:work|tmp|home|usr|var|etc|opt|root|proc|app|mnt)\/|\bfile:\/\/|node_modules|\.[cm]?[jt]s\b(?::\d)?/,
  sql: /\bselect\b[^"]{1,200}\bfrom\b|\binsert into\b|\bupdate \S+ set\b|\bdelete from\b|\bjsonb?_\w+\(|\bpg_\w+/,
  postgresql:
    /syntax error at|relation "|column "|operator does not exist|invalid byte sequence|invalid input (?:syntax|value)|violates .{1,60}constraint|permission denied|canceling statement|out of range for type|sqlstate|duplicate key|row-level security|tsquery|statement timeout/,
  stack:
    /\n\s+at |\\n\s+at |"stack(?:trace)?"|\bat \S+ \(|(?:type|reference|range|aggregate)error\b|cannot read propert|is not a function|is not iterable|\[object |\beconn\w+|\bfst_\w+/,
  package:
    /\b(?:kysely|pothos|fastify|apollo|yoga|graphql-js|graphql-hive|graphql-mesh|envelop|undici|dataloader|node-postgres|whatwg|express)\b/,
  secret: new RegExp(`${TEST_SECRET}|\\bhub_\\w{6,}_|\\bhub-signature\\b|-----begin`),
  subgraph: /_entity|_any\b|representations|hub-(?:viewer|audience|nonce)/,
  mail: /[\w.+-]+@[\w-]+\.\w{2,}/,
};

/** The one expression that every answer of the battery is held against. */
export const LEAK = new RegExp(
  Object.entries(LEAKS)
    .map(([name, { source }]) => `(?<${name}>${source})`)
    .join('|'),
  'i',
);

/** What leaks in a text, with what is around it; null for nothing. `but`: kinds of leaks that are data there. */
export function leakIn(text: string, but: readonly (keyof typeof LEAKS)[] = []): string | null {
  for (const match of text.matchAll(new RegExp(LEAK, 'gi'))) {
    const kind = Object.entries(match.groups ?? {}).find(([, found]) => found !== undefined)?.[0];
    if (but.some((allowed) => allowed === kind)) continue;
    const around = text.slice(Math.max(0, match.index - 60), match.index + match[0].length + 60);
    return `${kind}: …${around}…`;
  }
  return null;
}
