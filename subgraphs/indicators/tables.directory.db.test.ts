import { expect, test } from 'vitest';
import { type Columns, columnsOf } from '../../test/kit/columns.ts';
import { testDatabase } from '../../test/kit/database.ts';
import type { IndicatorsTables } from './tables.ts';

type Read = {
  [T in keyof IndicatorsTables as T extends `directory.${string}` ? T : never]: IndicatorsTables[T];
};

const tables: Columns<Read> = {
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
  'directory.surroundings': {
    territory_id: 'text',
    population_within_10_km: 'text null',
    density: 'text null',
    setting: 'text null',
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

const database = await testDatabase();
const db = database.connect<IndicatorsTables>('indicators', 'owner');

test('what is read of the directory is there, as it is described', async () => {
  const found = await columnsOf(db, 'directory', tables);
  for (const [name, columns] of Object.entries(tables)) {
    expect(found[name], name).toMatchObject(columns);
  }
});
