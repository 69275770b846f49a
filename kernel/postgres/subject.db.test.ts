import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testDatabase } from '../../test/kit/database.ts';
import { seedDirectory } from '../../test/kit/directory.ts';
import { belongsTo, forEachParent, type SubjectKind } from './subject.ts';

const database = await testDatabase();
await seedDirectory(database);
const reader = database.connect<unknown>('testimonies', 'public');

/** A fact about the CAF of Paris, at its site in the 1st arrondissement. */
const FACT = sql`(select 'NET-caf'::text as network_id, 'STR-caf-75'::text as structure_id, 'SITE-caf-75'::text as site_id,
  'COM-75101'::text as commune_id, 'DEP-75'::text as departement_id, 'REG-11'::text as region_id)`;

async function holders(kind: SubjectKind, ids: readonly string[]): Promise<string[]> {
  const found = await forEachParent(
    ids,
    (id) => sql`select 1 from ${FACT} as f where ${belongsTo(kind, 'f', id)}`,
  ).execute(reader);
  return found.rows.map(({ parent }) => parent);
}

test.each<[SubjectKind, string[], string[]]>([
  [
    'TERRITORY',
    ['FR', 'REG-32', 'REG-11', 'DEP-75', 'DEP-62', 'COM-75056', 'COM-75101', 'COM-62041'],
    ['FR', 'REG-11', 'DEP-75', 'COM-75056', 'COM-75101'],
  ],
  ['NETWORK', ['NET-france-travail', 'NET-caf'], ['NET-caf']],
  ['STRUCTURE', ['STR-caf-62', 'STR-caf-75', 'STR-caf', 'STR-none'], ['STR-caf-75', 'STR-caf']],
  ['SITE', ['SITE-caf-62', 'SITE-caf-75'], ['SITE-caf-75']],
  ['EVERYTHING', [''], ['']],
])('%s: whom a fact belongs to, in the order asked', async (kind, asked, expected) => {
  expect(await holders(kind, asked)).toEqual(expected);
});

test('structures that are each other’s parent do not run forever', async () => {
  const owner = database.connect<unknown>('administrations', 'owner');
  await sql`update directory.structure set parent_id = 'STR-caf-75' where id = 'STR-caf'`.execute(owner);
  expect(await holders('STRUCTURE', ['STR-caf', 'STR-caf-62'])).toEqual(['STR-caf']);
});
