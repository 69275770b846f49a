import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse as parseCsv } from 'csv-parse/sync';
import { buildSchema, type GraphQLSchema, parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { FEEDS } from '../cli/feeds.ts';
import { SETTINGS } from '../kernel/config.ts';
import type { Column } from '../kernel/import/column.ts';
import { matchHeader } from '../kernel/import/header.ts';
import { separatorOf } from '../kernel/import/separator.ts';
import { converter, headerKey } from '../kernel/import/sheet.ts';
import { ROOT } from './kit/sources.ts';

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const PAGES = ['README.md', 'CONTRIBUTING.md', ...globSync('docs/**/*.md', { cwd: ROOT }).sort()];
const SCHEMA = buildSchema(read('schema/api.graphql'));
const INTERNAL = buildSchema(read('schema/internal.graphql'));
const IMPORTING = read('docs/importing.md');

/** Contents of the fenced blocks of a language. */
const blocks = (page: string, language: string): string[] =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)\\n\`\`\`$`, 'gm'))].map(
    ([, text]) => text ?? '',
  );

/** What is wrong with a query. */
function mistakes(text: string, schema: GraphQLSchema): string[] {
  try {
    return validate(schema, parse(text)).map(({ message }) => message);
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

/** The bodies of requests that the shell blocks of a page send with `ask`. */
const bodies = (page: string): string[] =>
  blocks(page, 'sh').flatMap((text) =>
    [...text.matchAll(/^ask <<'JSON'\n([\s\S]*?)\nJSON$/gm)].map(([, body]) => body ?? ''),
  );

/** What is wrong with the GraphQL blocks of a page, and with what its commands send. */
const wrongQueries = (page: string): string[] => [
  ...blocks(page, 'graphql').flatMap((text) => mistakes(text, SCHEMA)),
  ...blocks(page, 'graphql internal').flatMap((text) => mistakes(text, INTERNAL)),
  ...bodies(page).flatMap((body) => mistakes(String(JSON.parse(body).query), INTERNAL)),
];

/** The text under the heading of a feed, up to the next heading of that level or above. */
const sectionOf = (page: string, feed: string): string =>
  new RegExp(`^### \`${feed}\`$([\\s\\S]*?)(?=^##|(?![\\s\\S]))`, 'm').exec(page)?.[1] ?? '';

/** Cells of the lines of a table, without their quotes. */
const cellsOf = (section: string): string[][] =>
  section
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

/** Names between backquotes. */
const quoted = (text: string): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? '');

/** Words that the third cell holds when a column has this type. */
const TYPE_WORDS: Readonly<Record<Column['pg'], RegExp>> = {
  text: /./,
  numeric: /^decimal/,
  integer: /^whole number/,
  date: /^date/,
};

/** What the page does not say, or says wrongly, of the columns of a feed. */
function wrongColumns(page: string, feed: string, columns: Readonly<Record<string, Column>>): string[] {
  const rows = cellsOf(sectionOf(page, feed));
  const wrong = Object.entries(columns).flatMap(([name, { header, required, pg }]) => {
    const [first = name] = header;
    const row = rows.find(([cell]) => cell === `\`${first}\``);
    if (row === undefined) return [`${feed}: ${first} is missing`];
    const [, names = '', type = '', needed = '', example = ''] = row;
    const expected = new Set([...header, name].map(headerKey));
    const written = new Set([first, ...quoted(names)].map(headerKey));
    return [
      ...(expected.symmetricDifference(written).size > 0 ? [`${feed}: other names of ${first}`] : []),
      ...(TYPE_WORDS[pg].test(type) ? [] : [`${feed}: type of ${first}`]),
      ...(needed === (required ? 'yes' : 'no') ? [] : [`${feed}: whether ${first} is required`]),
      ...(quoted(example).length === 1 ? [] : [`${feed}: example of ${first}`]),
    ];
  });
  const known = Object.entries(columns).map(([name, { header }]) => `\`${header[0] ?? name}\``);
  const unknown = rows
    .filter(([cell = '']) => !known.includes(cell))
    .map(([cell]) => `${feed}: ${cell} is no column`);
  return [...wrong, ...unknown];
}

test('the pages hold what this file reads', () => {
  expect(PAGES).toEqual(
    expect.arrayContaining(['docs/importing.md', 'docs/queries.md', 'docs/operations.md']),
  );
  expect(blocks(read('docs/queries.md'), 'graphql').length).toBeGreaterThanOrEqual(10);
  expect(blocks(read('docs/queries.md'), 'graphql internal').length).toBeGreaterThanOrEqual(6);
  expect(bodies(read('README.md')).length).toBe(3);
  expect(FEEDS.size).toBeGreaterThan(10);
});

test.each([
  [
    'a field of the internal contract',
    'graphql',
    '{ auditTrail(network: "NET-caf") { networkId } }',
    'auditTrail',
  ],
  ['an unknown mutation', 'graphql internal', 'mutation { publish { id } }', 'publish'],
  ['what a command sends', 'sh', `ask <<'JSON'\n{"query": "{ secret }"}\nJSON`, 'secret'],
])('%s is found where it has no place', (_case, language, text, message) => {
  expect(wrongQueries(`\`\`\`${language}\n${text}\n\`\`\`\n`)).toEqual([expect.stringContaining(message)]);
});

test.each(PAGES)('every query of %s is valid', (page) => {
  expect(wrongQueries(read(page))).toEqual([]);
});

test.each([
  ['an unknown field', '{ site(id: "SITE-1") { colour } }', 'Cannot query field "colour"'],
  ['a missing argument', '{ site { name } }', 'argument "id"'],
  ['an unfinished query', '{ site(id: "SITE-1") { name }', 'Syntax Error'],
])('a planted query with %s is found', (_case, query, message) => {
  const page = `${read('docs/queries.md')}\n\`\`\`graphql\n${query}\n\`\`\`\n`;
  expect(wrongQueries(page)).toEqual([expect.stringContaining(message)]);
});

test.each([...FEEDS.values()].map((feed) => [feed.name, feed] as const))(
  'the columns of %s are told',
  (name, feed) => {
    const section = sectionOf(IMPORTING, name);
    expect(section).not.toBe('');
    if (feed.input.kind === 'sheet') expect(wrongColumns(IMPORTING, name, feed.input.columns)).toEqual([]);
    // Nested files have no columns of their own: what is kept of them is told.
    else
      expect(Object.keys(feed.input.staging).filter((column) => !quoted(section).includes(column))).toEqual(
        [],
      );
    for (const option of Object.keys(feed.options ?? {})) expect(section).toContain(`\`${option}`);
  },
);

test('no feed is told that does not exist', () => {
  const told = [...IMPORTING.matchAll(/^### `([^`]+)`$/gm)].map(([, name]) => name);
  expect(told).toEqual([...FEEDS.keys()]);
});

test.each([
  [
    'a column left out',
    (page: string) => page.replace(/^\| `maille` .*\n/m, ''),
    'sp-structures: maille is missing',
  ],
  [
    'a column too many',
    (page: string) => page.replace(/^(\| `maille` )/m, '| `taille` | | text | no | `1` |\n$1'),
    'sp-structures: `taille` is no column',
  ],
  [
    'another name left out',
    (page: string) => page.replace('`intitule_du_reseau`, ', ''),
    'sp-structures: other names of reseau',
  ],
  [
    'a required column as optional',
    (page: string) => page.replace(/(`intitule_de_la_structure` .*) yes /, '$1 no '),
    'sp-structures: whether intitule_de_la_structure is required',
  ],
])('%s is found', (_case, plant, message) => {
  const feed = FEEDS.get('sp-structures');
  if (feed?.input.kind !== 'sheet') throw new Error('sp-structures has no sheet any more');
  expect(wrongColumns(plant(IMPORTING), feed.name, feed.input.columns)).toEqual([message]);
});

test.each(
  [...FEEDS.values()].flatMap(({ name, input }) => (input.kind === 'sheet' ? [[name, input] as const] : [])),
)('the example of %s is a good file, and the bad one can be read', (name, spec) => {
  const [good = '', bad = ''] = blocks(sectionOf(IMPORTING, name), 'csv');
  const problemsOf = (file: string) => {
    const [header = [], ...rows] = parseCsv(file, {
      delimiter: separatorOf(spec.columns, file),
    }) as string[][];
    const { positions } = matchHeader(spec.columns, header, 1);
    const convert = converter(spec);
    return rows.map((cells) => convert(positions.map((at) => cells[at])).problems);
  };
  expect(problemsOf(good).length).toBeGreaterThan(0);
  expect(problemsOf(good).flat()).toEqual([]);
  expect(problemsOf(bad).flat()).not.toEqual([]);
});

test.each(SETTINGS)('README tells the setting $name, with its default', ({ name, default: value }) => {
  const row = read('README.md')
    .split('\n')
    .find((line) => line.startsWith(`| \`${name}\` |`));
  expect(row).toBeDefined();
  expect(row).toContain(value);
});

test.each([...FEEDS.keys()])('README tells the feed %s', (name) => {
  expect(read('README.md')).toContain(`\`${name}\``);
});

/** The anchors of the headings of a page, as GitHub makes them. */
const anchorsOf = (text: string): string[] =>
  [...text.replaceAll(/^```[\s\S]*?^```$/gm, '').matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );

/** Links of a page, to files or to headings of pages, that lead nowhere. */
const deadLinks = (page: string, text: string): string[] =>
  [...text.matchAll(/\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)/g)].flatMap(
    ([, target = '', anchor]) => {
      const path = target === '' ? page : join(dirname(page), target);
      if (!existsSync(join(ROOT, path))) return [target];
      const lost = anchor !== undefined && path.endsWith('.md');
      return lost && !anchorsOf(target === '' ? text : read(path)).includes(anchor)
        ? [`${target}#${anchor}`]
        : [];
    },
  );

test.each(PAGES)('the links of %s lead somewhere', (page) => {
  expect(deadLinks(page, read(page))).toEqual([]);
});

test('planted dead links are found', () => {
  const links =
    'See [there](nowhere.md), [here](queries.md), [this](queries.md#no-heading), [that](#nor-here).';
  expect(deadLinks('docs/importing.md', links)).toEqual(['nowhere.md', 'queries.md#no-heading', '#nor-here']);
});
