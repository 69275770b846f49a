import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testDatabase } from '../../../test/kit/database.ts';
import { LISTENING_BODIES } from '../body/body.kind.ts';
import { ECO_MEASURES } from '../eco/eco.kind.ts';
import { FREQUENT_ERRORS } from '../error/error.kind.ts';
import { GOOD_PRACTICES } from '../practice/practice.kind.ts';
import { PRACTICE_REUSES } from '../practice/reuse.kind.ts';
import { TRAINING_COUNTS } from '../training/training.kind.ts';
import type { Field } from './field.ts';

const database = await testDatabase();
const db = database.connect('improvement', 'owner');

const KINDS = [
  FREQUENT_ERRORS,
  GOOD_PRACTICES,
  PRACTICE_REUSES,
  LISTENING_BODIES,
  TRAINING_COUNTS,
  ECO_MEASURES,
];

/** Columns that every fact has, and those that a table computes for searching. */
const OF_EVERY_FACT = [
  'network_id',
  'id',
  'structure_id',
  'site_id',
  'territory_id',
  'published',
  'import_id',
  'import_row',
  'version',
  'retracted',
  'publication',
];

const TYPES: Partial<Record<Field['shape']['is'], string>> = {
  DAY: 'date',
  COUNT: 'integer',
  DECIMAL: 'numeric',
  COMMITMENTS: 'text[]',
};

interface Column {
  name: string;
  type: string;
  required: boolean;
  computed: boolean;
  checks: string | null;
}

const columnsOf = async (table: string) => {
  const { rows } = await sql<Column>`
    select a.attname as name, format_type(a.atttypid, null) as type, a.attnotnull as required,
           a.attgenerated <> '' as computed,
           (select string_agg(pg_get_constraintdef(c.oid), ' ') from pg_constraint c
             where c.conrelid = a.attrelid and c.contype = 'c' and c.conkey = array[a.attnum]) as checks
      from pg_attribute a
     where a.attrelid = ${`improvement.${table}`}::regclass and a.attnum > 0 and not a.attisdropped`.execute(
    db,
  );
  return new Map(rows.map((row) => [row.name, row]));
};

test.each(KINDS)('the table of $names.many has what its declaration says', async (kind) => {
  const columns = await columnsOf(kind.table);
  const declared = Object.entries<Field>(kind.fields);
  for (const [name, { shape, column }] of declared) {
    const found = columns.get(name);
    expect(found, name).toMatchObject({ type: TYPES[shape.is] ?? 'text', computed: false });
    expect(found?.required, name).toBe(column.required || shape.is === 'COMMITMENTS');
    if (shape.is !== 'CHOICE') continue;
    const allowed = [...(found?.checks ?? '').matchAll(/'(\w+)'/g)].map(([, value]) => value);
    expect(allowed.sort(), name).toEqual(Object.keys(shape.choice.values).sort());
  }
  const computed = [...columns.values()].filter((column) => column.computed).map(({ name }) => name);
  expect(computed.filter((name) => name !== 'publication')).toEqual([
    ...kind.columns.filter((name) => !(name in kind.fields)),
    ...(kind.searched ? ['search'] : []),
  ]);
  expect([...columns.keys()].sort()).toEqual(
    [...new Set([...OF_EVERY_FACT, ...declared.map(([name]) => name), ...computed])].sort(),
  );
});

test.each(KINDS)('the audit of $names.many tells no words', ({ fields, audited }) => {
  const told = audited.filter((name) =>
    ['TEXT', 'LINK'].includes((fields as Record<string, Field>)[name]?.shape.is ?? ''),
  );
  expect(told).toEqual([]);
  expect(audited.length).toBeGreaterThan(0);
});
