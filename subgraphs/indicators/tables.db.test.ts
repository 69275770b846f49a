import { type SelectType, sql } from 'kysely';
import { expect, test } from 'vitest';
import { testDatabase } from '../../test/kit/database.ts';
import type { IndicatorsTables } from './tables.ts';

/** What a column gives at run time; the compiler forces each word below to agree with `tables.ts`. */
type Kind<T> = [T] extends [number]
  ? 'number'
  : [T] extends [boolean]
    ? 'boolean'
    : [T] extends [string]
      ? 'text'
      : [T] extends [Date]
        ? 'instant'
        : [T] extends [readonly number[]]
          ? 'numbers'
          : 'texts';
type Described<T> = null extends T ? `${Kind<NonNullable<T>>} null` : Kind<T>;
type Columns<Table> = { [C in keyof Table]: Described<SelectType<Table[C]>> };

const tables: { [T in keyof IndicatorsTables]: Columns<IndicatorsTables[T]> } = {
  'indicators.import': {
    id: 'text',
    kind: 'text',
    feed: 'text',
    scope: 'text',
    file_name: 'text',
    sha256: 'text',
    source: 'text null',
    licence: 'text null',
    published_on: 'text null',
    state: 'text',
    started_at: 'instant',
    finished_at: 'instant null',
    accepted: 'text',
    quarantined: 'text',
    publication: 'text null',
  },
  'indicators.indicator': {
    id: 'text',
    code: 'text',
    network_id: 'text null',
    core_indicator_id: 'text null',
    comparability: 'text null',
    import_id: 'text null',
    import_row: 'number null',
  },
  'indicators.definition': {
    indicator_id: 'text',
    version: 'number',
    title: 'text',
    user_title: 'text',
    question: 'text null',
    family: 'text',
    unit: 'text',
    direction: 'text',
    frequency: 'text',
    formula: 'text null',
    sources: 'text null',
    methods: 'text null',
    valid_from: 'text null',
  },
  'indicators.indicator_commitment': { indicator_id: 'text', commitment_id: 'text' },
  'indicators.target': {
    network_id: 'text',
    indicator_id: 'text',
    structure_id: 'text',
    period_start: 'text',
    period_end: 'text',
    value: 'text',
    import_id: 'text null',
  },
  'indicators.result': {
    network_id: 'text',
    indicator_id: 'text',
    definition_version: 'number',
    period_grain: 'text',
    period_start: 'text',
    period_end: 'text',
    numerator: 'text null',
    denominator: 'text null',
    respondents: 'number null',
    very_favourable: 'number null',
    favourable: 'number null',
    unfavourable: 'number null',
    very_unfavourable: 'number null',
    subject_kind: 'text',
    subject_id: 'text',
    period_inferred: 'boolean',
    value: 'text',
    updated_on: 'text null',
    import_id: 'text',
    import_row: 'number null',
    publication_from: 'text',
    publication_to: 'text null',
    is_unit: 'boolean',
    suppressed: 'text null',
  },
  'indicators.published_result': {
    network_id: 'text',
    indicator_id: 'text',
    definition_version: 'number',
    period_grain: 'text',
    period_start: 'text',
    period_end: 'text',
    numerator: 'text null',
    denominator: 'text null',
    respondents: 'number null',
    very_favourable: 'number null',
    favourable: 'number null',
    unfavourable: 'number null',
    very_unfavourable: 'number null',
    subject_kind: 'text',
    subject_id: 'text',
    period_inferred: 'boolean',
    value: 'text null',
    updated_on: 'text null',
    import_id: 'text',
    import_row: 'number null',
    publication_from: 'text',
    is_unit: 'boolean',
    suppressed: 'text null',
  },
  'indicators.figure': {
    network_id: 'text',
    indicator_id: 'text',
    definition_version: 'number',
    period_grain: 'text',
    period_start: 'text',
    period_end: 'text',
    numerator: 'text null',
    denominator: 'text null',
    respondents: 'number null',
    very_favourable: 'number null',
    favourable: 'number null',
    unfavourable: 'number null',
    very_unfavourable: 'number null',
    typology_id: 'text',
    level: 'text',
    territory_id: 'text',
    value: 'text null',
    basis: 'text',
    suppressed: 'text null',
    publishing: 'number',
    expected: 'number',
    import_id: 'text',
    import_row: 'number null',
    updated_on: 'text null',
  },
  'indicators.spread': {
    network_id: 'text',
    indicator_id: 'text',
    definition_version: 'number',
    period_grain: 'text',
    period_start: 'text',
    units: 'number',
    values_ascending: 'texts',
    units_up_to: 'numbers',
    median: 'text',
    lowest_subject_id: 'text',
    highest_subject_id: 'text',
  },
  'indicators.published_statistic': {
    network_id: 'text',
    indicator_id: 'text',
    definition_version: 'number',
    period_grain: 'text',
    period_start: 'text',
    period_end: 'text',
    statistic: 'text',
    value: 'text',
    updated_on: 'text null',
    import_id: 'text',
    import_row: 'number null',
  },
  'indicators.transparency': {
    territory_id: 'text',
    year: 'number',
    network_id: 'text',
    rate: 'text null',
    basis: 'text',
    publishing: 'number null',
    expected: 'number null',
    transparent: 'boolean null',
    import_id: 'text null',
    import_row: 'number null',
  },
  'indicators.directory_state': { only_row: 'boolean', revision: 'text', suppression_threshold: 'number' },
  'directory.territory': {
    id: 'text',
    level: 'text',
    code: 'text',
    name: 'text',
    parent_id: 'text null',
    departement_id: 'text null',
    region_id: 'text null',
    valid_to: 'text null',
    merged_into: 'text null',
    name_key: 'text',
  },
  'directory.network': {
    id: 'text',
    code: 'text',
    name: 'text',
    finest_level: 'text',
    counts_in_transparency: 'boolean',
    valid_from: 'text null',
    valid_to: 'text null',
    successor_id: 'text null',
  },
  'directory.typology': { id: 'text', network_id: 'text', name: 'text' },
  'directory.structure': {
    id: 'text',
    code: 'text',
    name: 'text',
    network_id: 'text',
    typology_id: 'text null',
    parent_id: 'text null',
    level: 'text',
    commune_id: 'text null',
    departement_id: 'text null',
    region_id: 'text null',
    valid_from: 'text null',
    valid_to: 'text null',
  },
  'directory.site': {
    id: 'text',
    name: 'text',
    network_id: 'text null',
    commune_id: 'text null',
    departement_id: 'text null',
    region_id: 'text null',
    valid_from: 'text null',
    valid_to: 'text null',
  },
  'directory.site_alias': { alias: 'text', site_id: 'text' },
  'directory.structure_site': {
    structure_id: 'text',
    site_id: 'text',
    confidence: 'text',
    valid_from: 'text null',
    valid_to: 'text null',
  },
  'directory.revision': { number: 'text', made_at: 'instant' },
  'directory.change': {
    revision: 'text',
    entity: 'text',
    id: 'text',
    old_network_id: 'text null',
    new_network_id: 'text null',
    old_departement_id: 'text null',
    new_departement_id: 'text null',
  },
};

/** PostgreSQL types as the driver gives them (see kernel/postgres/values.ts). */
const KINDS: Record<string, string> = {
  text: 'text',
  date: 'text',
  uuid: 'text',
  int8: 'text',
  numeric: 'text',
  int4: 'number',
  bool: 'boolean',
  timestamptz: 'instant',
  _numeric: 'texts',
  _int4: 'numbers',
};

const database = await testDatabase();
const db = database.connect<IndicatorsTables>('indicators', 'owner');

/** Columns of the database by table, as `tables` writes them. A view does not tell which of its columns may be null. */
async function columnsOf(schema: string) {
  const { rows } = await sql<{
    table: string;
    column: string;
    type: string;
    nullable: boolean;
    view: boolean;
  }>`
    select c.table_schema || '.' || c.table_name as "table", c.column_name as "column", c.udt_name as type,
      c.is_nullable = 'YES' and c.is_generated = 'NEVER' as nullable, t.table_type = 'VIEW' as view
    from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = ${schema} and c.table_name not like 'kysely%' and c.table_name <> 'import_before'`.execute(
    db,
  );
  const found: Record<string, Record<string, string>> = {};
  for (const { table, column, type, nullable, view } of rows) {
    const columns = (found[table] ??= {});
    columns[column] = `${KINDS[type] ?? type}${nullable && !view ? ' null' : ''}`;
  }
  return found;
}

const withoutNull = (columns: Record<string, string>) =>
  Object.fromEntries(Object.entries(columns).map(([name, kind]) => [name, kind.replace(' null', '')]));

test('the row types describe every column of the tables of this subgraph', async () => {
  const found = await columnsOf('indicators');
  const { 'indicators.import': journal, ...own } = Object.fromEntries(
    Object.entries(tables).filter(([name]) => name.startsWith('indicators.')),
  );
  const { 'indicators.import': stored, 'indicators.published_result': view, ...rest } = found;
  const { 'indicators.published_result': viewed, ...described } = own;
  expect(rest).toEqual(described);
  expect(view).toEqual(withoutNull(viewed ?? {}));
  // The journal has columns that no reader sees.
  expect(stored).toMatchObject(journal ?? {});
});

test('what is read of the directory is there, as it is described', async () => {
  const found = await columnsOf('directory');
  for (const [name, columns] of Object.entries(tables).filter(([table]) => table.startsWith('directory.'))) {
    expect(found[name], name).toMatchObject(columns);
  }
});
