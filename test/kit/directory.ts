import { randomUUID } from 'node:crypto';
import type { TestDatabase } from './database.ts';
import { insertRows } from './insert.ts';

/**
 * A small directory, for tests of facts that hang on it: two régions, two networks, a tree of three structures,
 * three sites of which one in an arrondissement of Paris.
 *
 *     STR-caf ─ STR-caf-62, STR-caf-75      STR-ft-bapaume
 *     SITE-caf-62 (Arras) · SITE-caf-75 (Paris 1er) · SITE-ft-62 (Bapaume)
 */
export async function seedDirectory(database: TestDatabase): Promise<void> {
  const db = database.connect('administrations', 'owner');
  const parents = (id: string) => ({
    departement_id: PLACES.find((place) => place.id === id)?.departement_id,
    region_id: PLACES.find((place) => place.id === id)?.region_id,
  });
  await insertRows(
    db,
    'directory.territory',
    PLACES.map((place) => ({
      is_arrondissement: false,
      vintage: 2026,
      code: place.id.slice(4) || 'FR',
      ...place,
    })),
  );
  await insertRows(db, 'directory.network', [
    { id: 'NET-caf', code: 'caf', name: 'CAF', finest_level: 'DEPARTEMENT', ...NETWORK },
    {
      id: 'NET-france-travail',
      code: 'france-travail',
      name: 'France Travail',
      finest_level: 'SITE',
      ...NETWORK,
    },
  ]);
  await insertRows(db, 'directory.typology', [{ id: 'TYP-caf', network_id: 'NET-caf', name: 'Caf' }]);
  await insertRows(
    db,
    'directory.structure',
    [
      { id: 'STR-caf', name: 'Réseau CNAF', parent_id: null, level: 'NATIONAL', ...CAF },
      {
        id: 'STR-caf-62',
        name: 'CAF du Pas-de-Calais',
        parent_id: 'STR-caf',
        level: 'DEPARTEMENT',
        ...CAF,
        ...parents('COM-62041'),
      },
      {
        id: 'STR-caf-75',
        name: 'CAF de Paris',
        parent_id: 'STR-caf',
        level: 'DEPARTEMENT',
        ...CAF,
        ...parents('COM-75101'),
      },
      {
        id: 'STR-ft-bapaume',
        name: 'France Travail Bapaume',
        network_id: 'NET-france-travail',
        level: 'SITE',
        commune_id: 'COM-62080',
        ...parents('COM-62080'),
      },
    ].map((structure) => ({ code: structure.id.slice(4), import_id: randomUUID(), ...structure })),
  );
  await insertRows(
    db,
    'directory.site',
    [
      { id: 'SITE-caf-62', name: 'Caf - Arras', network_id: 'NET-caf', commune_id: 'COM-62041' },
      { id: 'SITE-caf-75', name: 'Caf - Paris 1er', network_id: 'NET-caf', commune_id: 'COM-75101' },
      {
        id: 'SITE-ft-62',
        name: 'France Travail - Bapaume',
        network_id: 'NET-france-travail',
        commune_id: 'COM-62080',
      },
    ].map((site) => ({
      ...site,
      ...parents(site.commune_id),
      pivot: 'test',
      pivots: ['test'],
      source_commune_code: site.commune_id.slice(4),
    })),
  );
}

const NETWORK = { has_ivr: false, counts_in_transparency: true };
const CAF = { network_id: 'NET-caf', typology_id: 'TYP-caf' };

interface Place {
  id: string;
  level: string;
  name: string;
  parent_id?: string;
  departement_id?: string;
  region_id?: string;
  is_arrondissement?: boolean;
}

const NORTH = { departement_id: 'DEP-62', region_id: 'REG-32' };
const PARIS = { departement_id: 'DEP-75', region_id: 'REG-11' };

const PLACES: readonly Place[] = [
  { id: 'FR', level: 'NATIONAL', name: 'France' },
  { id: 'REG-32', level: 'REGION', name: 'Hauts-de-France', parent_id: 'FR' },
  { id: 'REG-11', level: 'REGION', name: 'Île-de-France', parent_id: 'FR' },
  { id: 'DEP-62', level: 'DEPARTEMENT', name: 'Pas-de-Calais', parent_id: 'REG-32', region_id: 'REG-32' },
  { id: 'DEP-75', level: 'DEPARTEMENT', name: 'Paris', parent_id: 'REG-11', region_id: 'REG-11' },
  { id: 'COM-62041', level: 'COMMUNE', name: 'Arras', parent_id: 'DEP-62', ...NORTH },
  { id: 'COM-62080', level: 'COMMUNE', name: 'Bapaume', parent_id: 'DEP-62', ...NORTH },
  { id: 'COM-75056', level: 'COMMUNE', name: 'Paris', parent_id: 'DEP-75', ...PARIS },
  {
    id: 'COM-75101',
    level: 'COMMUNE',
    name: 'Paris 1er Arrondissement',
    parent_id: 'COM-75056',
    is_arrondissement: true,
    ...PARIS,
  },
];
