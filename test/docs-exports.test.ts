import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exportSet } from '../cli/export-sets.ts';
import { EXPORT_FORMATS } from '../kernel/export/formats.ts';
import { EXPORT_SETS } from '../kernel/export/sets.ts';
import { ROOT } from './kit/sources.ts';

const PAGE = readFileSync(join(ROOT, 'docs/exports.md'), 'utf8');
const sectionOf = (set: string) =>
  new RegExp(`^### \`${set}\`$([\\s\\S]*?)(?=^### |(?![\\s\\S]))`, 'm').exec(PAGE)?.[1] ?? '';
/** Lines of the tables of a section, as cells, without headers. */
const rowsOf = (section: string, cells: number) =>
  section
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.slice(2, -2).split(' | '))
    .filter((row) => row.length === cells);

test.each([...EXPORT_SETS.keys()])('%s is told: columns, filters, key', async (name) => {
  const { set } = await exportSet(name);
  const section = sectionOf(name);
  const columns = [...set.columns, ...(name === 'testimonies' ? [] : (set.openData?.columns ?? []))];
  expect(rowsOf(section, 3)).toEqual(
    columns.map(({ name: column, type, description }) => [`\`${column}\``, type, description]),
  );
  expect(rowsOf(section, 2)).toEqual(
    Object.entries(set.filters).map(([filter, { many, description }]) => [
      `\`${filter}\`${many ? ' (several)' : ''}`,
      description,
    ]),
  );
  expect(section).toContain(set.description);
  expect(section).toContain(`Key: ${set.key.map((column) => `\`${column}\``).join(', ')}.`);
  if (set.openData) expect(section).toContain(`\`layout=open-data\`: ${set.openData.description}`);
});

test('names of columns are stable: small letters, and each once', async () => {
  for (const name of EXPORT_SETS.keys()) {
    const { set, subgraph } = await exportSet(name);
    const names = set.columns.map((column) => column.name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((column) => !/^[a-z][a-z0-9_]*$/.test(column))).toEqual([]);
    expect(subgraph).toBe(EXPORT_SETS.get(name));
    expect(Object.keys(set.filters)).toContain(set.networkFilter);
  }
});

test('the formats are told', () => {
  for (const format of EXPORT_FORMATS) expect(PAGE).toContain(`\`${format}\``);
});
