import { type SelectType, sql } from 'kysely';
import { expect, test } from 'vitest';
import { testDatabase } from '../../test/kit/database.ts';
import type { AdministrationsDatabase } from './tables.ts';

/** What a column gives at run time; the compiler forces each word below to agree with `tables.ts`. */
type Kind<T> = [T] extends [number]
  ? 'number'
  : [T] extends [boolean]
    ? 'boolean'
    : [T] extends [string]
      ? 'text'
      : [T] extends [Date]
        ? 'instant'
        : [T] extends [readonly string[]]
          ? 'texts'
          : 'json';
type Described<T> = null extends T ? `${Kind<NonNullable<T>>} null` : Kind<T>;
type Columns<Table> = { [C in keyof Table]: Described<SelectType<Table[C]>> };
type Tables = Omit<AdministrationsDatabase, 'administrations.import'>;

const tables: { [T in keyof Tables]: Columns<Tables[T]> } = {
  'directory.territory': {
    id: 'text',
    level: 'text',
    code: 'text',
    name: 'text',
    parent_id: 'text null',
    departement_id: 'text null',
    region_id: 'text null',
    population: 'number null',
    postal_codes: 'texts',
    latitude: 'number null',
    longitude: 'number null',
    center_method: 'text null',
    is_arrondissement: 'boolean',
    valid_from: 'text null',
    valid_to: 'text null',
    merged_into: 'text null',
    is_current: 'boolean',
    vintage: 'number',
    import_id: 'text null',
    name_key: 'text',
  },
  'directory.ministry': { id: 'text', name: 'text' },
  'directory.network': {
    id: 'text',
    code: 'text',
    name: 'text',
    ministry_id: 'text null',
    finest_level: 'text',
    has_ivr: 'boolean',
    counts_in_transparency: 'boolean',
    valid_from: 'text null',
    valid_to: 'text null',
    successor_id: 'text null',
  },
  'directory.network_alias': { label: 'text', key: 'text', network_id: 'text' },
  'directory.network_pivot': { pivot: 'text', network_id: 'text' },
  'directory.typology': { id: 'text', network_id: 'text', name: 'text' },
  'directory.structure': {
    id: 'text',
    code: 'text',
    name: 'text',
    description: 'text null',
    network_id: 'text',
    typology_id: 'text null',
    parent_id: 'text null',
    level: 'text',
    commune_id: 'text null',
    departement_id: 'text null',
    region_id: 'text null',
    postal_code: 'text null',
    city: 'text null',
    external_id: 'text null',
    commune_match: 'text null',
    valid_from: 'text null',
    valid_to: 'text null',
    import_id: 'text',
    import_row: 'number null',
  },
  'directory.site': {
    id: 'text',
    name: 'text',
    name_key: 'text',
    pivot: 'text',
    pivots: 'texts',
    network_id: 'text null',
    source_commune_code: 'text null',
    commune_id: 'text null',
    departement_id: 'text null',
    region_id: 'text null',
    latitude: 'number null',
    longitude: 'number null',
    valid_from: 'text null',
    valid_to: 'text null',
  },
  'directory.site_alias': { alias: 'text', site_id: 'text' },
  'directory.structure_site': {
    structure_id: 'text',
    site_id: 'text',
    method: 'text',
    confidence: 'text',
    valid_from: 'text null',
    valid_to: 'text null',
    import_id: 'text',
    import_row: 'number null',
  },
  'directory.competence': {
    network_id: 'text',
    commune_id: 'text',
    site_id: 'text',
    import_id: 'text',
    import_row: 'number null',
  },
  'directory.revision': { number: 'text', made_at: 'instant', import_id: 'text null' },
  'directory.change': {
    revision: 'text',
    entity: 'text',
    id: 'text',
    old_network_id: 'text null',
    new_network_id: 'text null',
    old_departement_id: 'text null',
    new_departement_id: 'text null',
  },
  'administrations.pivot': { code: 'text', label: 'text' },
  'administrations.site_detail': {
    site_id: 'text',
    address: 'json null',
    postal_address: 'json null',
    phones: 'json',
    emails: 'json',
    websites: 'json',
    opening: 'json',
    opening_note: 'text null',
    accessibility: 'text null',
    accessibility_note: 'text null',
    information: 'text null',
    siren: 'text null',
    siret: 'text null',
    modified_on: 'text null',
    source: 'text null',
    import_id: 'text',
    import_row: 'number null',
  },
  'administrations.site_contact': {
    site_id: 'text',
    directions: 'text null',
    phones: 'json',
    emails: 'json',
    opening: 'json',
    mediators: 'json',
    support: 'json',
    import_id: 'text',
    import_row: 'number null',
  },
  'administrations.commitment': {
    id: 'text',
    version: 'text',
    code: 'text',
    position: 'number',
    title: 'text',
    short_title: 'text null',
    heading: 'text null',
    source: 'text',
  },
  'administrations.commitment_correspondence': { from_id: 'text', to_id: 'text', merged: 'boolean' },
  'administrations.network_commitment': {
    network_id: 'text',
    commitment_id: 'text',
    wording: 'text',
    valid_from: 'text null',
    import_id: 'text null',
  },
  'administrations.commitment_display': {
    id: 'text',
    network_id: 'text',
    commitment_id: 'text',
    site_id: 'text null',
    place: 'text',
    url: 'text null',
    since: 'text null',
    import_id: 'text null',
  },
  'administrations.procedure': {
    id: 'text',
    name: 'text',
    name_key: 'text',
    network_id: 'text null',
    flagship: 'boolean',
    url: 'text null',
    import_id: 'text null',
  },
  'administrations.announced_delay': {
    procedure_id: 'text',
    territory_id: 'text',
    channel: 'text',
    days: 'number',
    announced_on: 'text',
    import_id: 'text null',
  },
};

/** PostgreSQL types as the driver gives them (see kernel/postgres/values.ts). */
const KINDS: Record<string, string> = {
  text: 'text',
  date: 'text',
  uuid: 'text',
  bigint: 'text',
  integer: 'number',
  'double precision': 'number',
  boolean: 'boolean',
  jsonb: 'json',
  ARRAY: 'texts',
  'timestamp with time zone': 'instant',
};

const database = await testDatabase();
const db = database.connect<AdministrationsDatabase>('administrations', 'owner');

test('the row types describe every column of both schemas', async () => {
  const { rows } = await sql<{ table: string; column: string; type: string; nullable: boolean }>`
    select c.table_schema || '.' || c.table_name as "table", c.column_name as "column", c.data_type as type,
      -- A generated column follows columns that are not null; PostgreSQL does not say so.
      c.is_nullable = 'YES' and c.is_generated = 'NEVER' as nullable
    from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where c.table_schema in ('directory', 'administrations') and t.table_type = 'BASE TABLE'
      and c.table_name not like 'kysely%' and c.table_name not in ('import', 'import_before')
    order by c.table_schema, c.table_name, c.ordinal_position`.execute(db);
  const found: Record<string, Record<string, string>> = {};
  for (const { table, column, type, nullable } of rows) {
    const columns = (found[table] ??= {});
    columns[column] = `${KINDS[type] ?? type}${nullable ? ' null' : ''}`;
  }
  expect(found).toEqual(tables);
});
