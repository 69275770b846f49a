import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { type ConstDirectiveNode, Kind, parse } from 'graphql';
import { expect, test } from 'vitest';
import { program } from '../cli/program.ts';
import { misfit } from '../gateway/identity/grant.ts';
import { MOST } from '../gateway/limits/bounds.ts';
import { readConfig, SETTINGS } from '../kernel/config.ts';
import { ERROR_CODES } from '../kernel/errors.ts';
import { RAW_ADDRESSES } from '../kernel/raw/paths.ts';
import { SCOPES, SCOPES_OF, VIEWER_ROLES } from '../kernel/viewer.ts';
import { KEPT_DAYS } from '../kernel/write/idempotency.ts';
import { ROOT } from './kit/sources.ts';

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const SECURITY = read('docs/security.md');
const OPERATIONS = read('docs/operations.md');

/** Lines of the table whose header begins with this cell, as cells. */
function tableOf(page: string, header: string): string[][] {
  const lines = page.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`| ${header} |`));
  if (start < 0) throw new Error(`No table begins with the column "${header}".`);
  const end = lines.findIndex((line, index) => index > start && !line.startsWith('|'));
  return lines.slice(start + 2, end).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const quoted = (text = ''): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? '');

/** Numbers as the page writes them, with blanks between the thousands. */
const numbersIn = (text = ''): number[] =>
  [...text.matchAll(/\d+(?: \d{3})*/g)].map(([digits]) => Number(digits.replaceAll(' ', '')));

test('the roles are told, with what they are bound to and their scopes', () => {
  const told = tableOf(SECURITY, 'role').map(([role, , scopes]) => [quoted(role)[0], quoted(scopes)]);
  expect(told).toEqual(VIEWER_ROLES.map((role) => [role, [...SCOPES_OF[role]]]));
  for (const [cell, bound = ''] of tableOf(SECURITY, 'role')) {
    const role = VIEWER_ROLES.find((known) => known === quoted(cell)[0]) ?? 'PUBLIC';
    const grant = { role, network: null, structure: null };
    const fits = {
      nothing: misfit(grant),
      'a network': misfit({ ...grant, network: 'NET-caf' }),
      'a structure and those below it': misfit({ ...grant, structure: 'STR-1' }),
    };
    expect(Object.entries(fits).find(([, mistake]) => mistake === null)?.[0], role).toBe(bound);
  }
});

/** The elements of the subgraphs that ask for each scope, by schema coordinate. */
function guarded(): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>(SCOPES.map((scope) => [scope, new Set()]));
  const add = (name: string, directives: readonly ConstDirectiveNode[] = []) => {
    for (const { name: directive, arguments: given = [] } of directives) {
      if (directive.value !== 'requiresScopes') continue;
      const text = JSON.stringify(given.map(({ value }) => value));
      for (const scope of SCOPES) if (text.includes(`"${scope}"`)) found.get(scope)?.add(name);
    }
  };
  for (const path of globSync('schema/subgraphs/*.graphql', { cwd: ROOT }))
    for (const definition of parse(read(path)).definitions) {
      if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.OBJECT_TYPE_EXTENSION)
        continue;
      add(definition.name.value, definition.directives);
      for (const field of definition.fields ?? [])
        add(`${definition.name.value}.${field.name.value}`, field.directives);
    }
  return found;
}

test('what each scope opens is told', () => {
  const told = new Map(
    tableOf(SECURITY, 'scope').map(([scope, opens]) => [quoted(scope)[0], new Set(quoted(opens))]),
  );
  expect(told).toEqual(guarded());
});

/** How the page calls the bounds of a document. */
const BOUNDS: Readonly<Record<keyof typeof MOST, string>> = {
  characters: 'characters of a document',
  tokens: 'tokens',
  depth: 'depth',
  metaDepth: 'depth below `__schema` and `__type`',
  aliases: 'aliases of one field',
  directives: 'directives',
  operations: 'operations in a document',
  fragments: 'fragments',
  variables: 'variables of an operation',
  fields: 'fields, fragments written out',
  repeats: 'selections of one field that an answer merges',
  pairs: 'pairs of such selections',
};

const valueOf = (limit: string) =>
  numbersIn(tableOf(SECURITY, 'limit').find(([name]) => name === limit)?.[1])[0];

test.each(Object.entries(BOUNDS))('the bound %s is told', (bound, name) => {
  expect(valueOf(name)).toBe(Object.entries(MOST).find(([known]) => known === bound)?.[1]);
});

/** The product that a constant of a file is declared as. */
function constantOf(path: string, name: string): number {
  const declared = new RegExp(`const ${name} = ([\\d_* ]+);`).exec(read(path))?.[1];
  if (declared === undefined) throw new Error(`${path} declares no number ${name}.`);
  return declared
    .replaceAll('_', '')
    .split('*')
    .reduce((product, factor) => product * Number(factor), 1);
}

test.each([
  ['body', 'gateway/host.ts', 'BODY_LIMIT'],
  ['values in the variables', 'gateway/limits/variables.ts', 'MOST_VALUES'],
  ['address of `/q`', 'gateway/documents/routes.ts', 'LONGEST_URL'],
])('the limit of %s is told', (limit, path, name) => {
  expect(valueOf(limit)).toBe(constantOf(path, name));
});

test('limits that are settings are told with their defaults', () => {
  const told = tableOf(SECURITY, 'limit').flatMap(([, value, setting = '']) =>
    quoted(setting)
      .filter((name) => name.startsWith('HUB_'))
      .map((name) => [name, numbersIn(value)[0]] as const),
  );
  expect(told.length).toBeGreaterThanOrEqual(7);
  for (const [name, value] of told)
    expect(value, name).toBe(Number(SETTINGS.find((setting) => setting.name === name)?.default));
  for (const { name } of SETTINGS)
    if (/^HUB_(RATE|COST)_|_TIMEOUT_MS$/.test(name)) expect(told.map(([known]) => known)).toContain(name);
});

test('what is beside the graph is told', () => {
  const told = tableOf(SECURITY, 'address').map(([address]) => quoted(address)[0] ?? '');
  expect(told.map((line) => line.replace(/\/[A-Z]+-…$/, '/:id')).sort()).toEqual(
    RAW_ADDRESSES.map(({ method, path }) => `${method} ${path}`).sort(),
  );
});

test('how long personal things are kept is told, with the settings', () => {
  const told = tableOf(SECURITY, 'what').flatMap(([, days, setting]) =>
    quoted(setting).map((name) => [name, String(numbersIn(days)[0])] as const),
  );
  const known = SETTINGS.filter(({ name }) => /^HUB_KEEP_|_RETENTION_DAYS$/.test(name));
  expect(known.length).toBeGreaterThanOrEqual(4);
  expect(Object.fromEntries(told)).toEqual(
    Object.fromEntries(known.map(({ name, default: days }) => [name, days])),
  );
});

test('the errors are told, with their HTTP statuses', () => {
  const statuses = /const STATUS[^{]*\{([^}]*)\}/.exec(read('kernel/raw/status.ts'))?.[1] ?? '';
  const known = [...statuses.matchAll(/(\w+): (\d+)/g)].map(([, code, status]) => [code, status]);
  expect(known.length).toBe(ERROR_CODES.length);
  const told = tableOf(SECURITY, 'code').map(([code, , status]) => [quoted(code)[0], status]);
  expect(Object.fromEntries(told)).toEqual(Object.fromEntries(known));
  expect(told.map(([code]) => code)).toEqual([...ERROR_CODES]);
});

test('how long an answer to a key of idempotency is kept is told', () => {
  expect(SECURITY).toContain(`first answer for ${KEPT_DAYS} days`);
});

test('how stale answers may be is told', () => {
  const declared = [
    ...read('schema/supergraph.graphql').matchAll(/@staleness\(graph: "\w+", seconds: (\d+)\)/g),
  ];
  const section = /^- An answer to anybody[\s\S]*?(?=^- )/m.exec(SECURITY)?.[0];
  expect(declared.length).toBe(5);
  for (const [, seconds] of declared) expect(numbersIn(section)).toContain(Number(seconds));
});

/** Verbs of the command line with their long options, `key create`. */
const verbsOf = (command: Command, path: readonly string[] = []): [string, string[]][] =>
  command.commands.length > 0
    ? command.commands.flatMap((each) => verbsOf(each, [...path, each.name()]))
    : [[path.join(' '), command.options.flatMap(({ long }) => long ?? [])]];

test('every verb of the command line is told, with its options', async () => {
  const told = tableOf(OPERATIONS, 'verb').map(([verb, options]) => [
    quoted(verb)[0],
    quoted(options).sort(),
  ]);
  const known = verbsOf(await program(readConfig({}))).map(([verb, options]) => [
    verb,
    // Told on the page of its own.
    verb === 'import' ? [] : options.sort(),
  ]);
  expect(Object.fromEntries(told)).toEqual(Object.fromEntries(known));
  expect(told.length).toBe(known.length);
});

test('a table that is not there, and a number that is none, are found', () => {
  expect(() => tableOf(SECURITY, 'colour')).toThrow('No table begins with the column "colour".');
  expect(() => constantOf('gateway/host.ts', 'NO_LIMIT')).toThrow('declares no number NO_LIMIT');
  expect(numbersIn('12 000 or 1 to 100')).toEqual([12_000, 1, 100]);
});
