import { type Import, importsOf, LAYERS, type Source } from './sources.ts';

/** Longest source file, in lines. */
export const MAX_LINES = 300;

const layerOf = (path: string) => LAYERS.find((layer) => path.startsWith(`${layer}/`));
const subgraphOf = (path: string) => /^subgraphs\/([^/]+)\//.exec(path)?.[1];
const isSql = (target: string) => /^(kysely|pg|pg-copy-streams)($|\/)/.test(target);
const isGraphql = (target: string) =>
  /^(graphql|@pothos\/|@apollo\/)/.test(target) || /^kernel\/graphql\/|\.type\.ts$/.test(target);

/** Tests, and what only tests use (an oracle computes again, on its own, what the code computes), beside the code. */
export const isSupport = (path: string) =>
  /\.test\.ts$|(^|\/)oracle\.ts$|(^|\/)(fixtures|toy)\//.test(path) || path.startsWith('test/');

/** What a file breaks of the rules of the house, each in one sentence. */
export function violations(source: Source): string[] {
  const { path, text } = source;
  const imports = importsOf(source);
  const broken = [
    ...(isSupport(path) ? [] : imports.flatMap((one) => wrongImport(path, one))),
    ...barrel(path, imports),
  ];
  const lines = text.split('\n').length - 1;
  if (lines > MAX_LINES) broken.push(`has ${lines} lines, more than ${MAX_LINES}`);
  // Written in two parts, else this file would break its own rule.
  const marks = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X'].join('|')})\\b`);
  if (marks.test(text)) broken.push('holds an unfinished mark');
  if (/^\s*(test|it|describe)\.(skip|only|todo)\b/m.test(text)) broken.push('skips or focuses a test');
  if (/\bas unknown as\b|\bas any\s*[;,)\]}]|@ts-(ignore|expect-error|nocheck)/.test(text))
    broken.push('escapes the types');
  return broken.map((what) => `${path} ${what}`);
}

function wrongImport(path: string, { target, typeOnly }: Import): string[] {
  const from = layerOf(path);
  const to = layerOf(target);
  const broken: string[] = [];
  if (isSupport(target) && from !== 'bench') broken.push(`imports ${target}, which only tests may`);
  if ((to === 'bench' && from !== 'bench') || (to === 'cli' && from !== 'cli' && from !== 'bench'))
    broken.push(`imports ${target}`);
  if (from === 'kernel' && to !== undefined && to !== 'kernel')
    broken.push(`imports ${target}: the kernel imports nothing of ours`);
  if (from === 'gateway' && to === 'subgraphs')
    broken.push(`imports ${target}: the gateway imports the kernel only`);
  if (from === 'gateway' && isSql(target) && !typeOnly && !/\.query\.ts$|\/migrations\//.test(path))
    broken.push(`imports ${target}: SQL of the gateway is in gateway/**/*.query.ts`);
  if (from === 'subgraphs' && to === 'gateway') broken.push(`imports ${target}: a subgraph knows no gateway`);
  if (from === 'subgraphs' && to === 'subgraphs' && subgraphOf(path) !== subgraphOf(target)) {
    broken.push(`imports ${target}: a subgraph imports the kernel and itself only`);
  }
  if (path.endsWith('.type.ts') && (isSql(target) || (/\.(query|merge)\.ts$/.test(target) && !typeOnly))) {
    broken.push(`imports ${target}: a type holds no SQL`);
  }
  if (path.endsWith('.query.ts') && isGraphql(target) && !typeOnly)
    broken.push(`imports ${target}: a query knows nothing of GraphQL`);
  return broken;
}

function barrel(path: string, imports: readonly Import[]): string[] {
  const onlyReExports = imports.length > 2 && imports.every(({ reExport }) => reExport);
  return path.endsWith('/index.ts') || onlyReExports ? ['is a barrel'] : [];
}

/** Cycles of imports that remain at run time, each as the list of its files. */
export function cycles(sources: readonly Source[]): string[][] {
  const edges = new Map(
    sources.map((source) => [
      source.path,
      importsOf(source).flatMap(({ target, typeOnly }) => (typeOnly ? [] : [target])),
    ]),
  );
  const done = new Set<string>();
  const found: string[][] = [];
  const visit = (path: string, above: readonly string[]) => {
    if (above.includes(path)) found.push([...above.slice(above.indexOf(path)), path]);
    if (done.has(path) || above.includes(path)) return;
    for (const next of edges.get(path) ?? []) if (edges.has(next)) visit(next, [...above, path]);
    done.add(path);
  };
  for (const path of edges.keys()) visit(path, []);
  return found;
}
