import { expect, test } from 'vitest';
import { type Columns, columnsOf } from '../../test/kit/columns.ts';
import { testDatabase } from '../../test/kit/database.ts';
import type { AdministrationsDatabase } from './tables.ts';

type Tables = Omit<AdministrationsDatabase, 'administrations.import'>;

const tables: Columns<Tables> = {
  'directory.commitment': { id: 'text', version: 'text' },
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
  'directory.surroundings': {
    territory_id: 'text',
    population_within_10_km: 'text null',
    density: 'text null',
    setting: 'text null',
  },
  'administrations.access': {
    network_id: 'text',
    territory_id: 'text',
    place: 'text',
    population: 'text',
    median_m: 'number',
    p90_m: 'number',
    within_5_km: 'text',
    within_10_km: 'text',
    within_20_km: 'text',
  },
  'administrations.access_state': { only_row: 'boolean', publication: 'text' },
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
    version: 'number',
    written_at: 'instant null',
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
  'administrations.wording_change': {
    number: 'text',
    network_id: 'text',
    commitment_id: 'text',
    kind: 'text',
    version: 'number',
    at: 'instant',
  },
  'administrations.imported_change': {
    import_id: 'text',
    entity: 'text',
    entity_id: 'text',
    is_new: 'boolean',
  },
  'administrations.audit': {
    id: 'text',
    at: 'instant',
    subject: 'text',
    role: 'text',
    network_id: 'text null',
    action: 'text',
    object_id: 'text',
    before: 'json null',
    after: 'json null',
    reason: 'text null',
    request_id: 'text null',
  },
  'administrations.idempotency': {
    subject: 'text',
    command: 'text',
    key: 'text',
    input_hash: 'text',
    answer: 'json null',
    at: 'instant',
  },
};

const database = await testDatabase();
const db = database.connect<AdministrationsDatabase>('administrations', 'owner');

test('the row types describe every column of both schemas', async () => {
  const directory = await columnsOf(db, 'directory', tables);
  // The journal is the engine's, which has its own tests.
  const { 'administrations.import': _journal, ...own } = await columnsOf(db, 'administrations', tables);
  expect({ ...directory, ...own }).toEqual(tables);
});

test('the directory follows the commitments', async () => {
  const shared = () =>
    db
      .selectFrom('directory.commitment')
      .select(['id', 'version'])
      .where('id', 'like', 'COMMITMENT-Z%')
      .execute();
  await db
    .insertInto('administrations.commitment')
    .values({
      id: 'COMMITMENT-Z1',
      version: '2024',
      code: 'Z1',
      position: 99,
      title: 'Essai',
      source: 'essai',
    })
    .execute();
  expect(await shared()).toEqual([{ id: 'COMMITMENT-Z1', version: '2024' }]);
  await db
    .updateTable('administrations.commitment')
    .set({ id: 'COMMITMENT-Z2' })
    .where('id', '=', 'COMMITMENT-Z1')
    .execute();
  expect(await shared()).toEqual([{ id: 'COMMITMENT-Z2', version: '2024' }]);
  await db.deleteFrom('administrations.commitment').where('id', '=', 'COMMITMENT-Z2').execute();
  expect(await shared()).toEqual([]);
});
