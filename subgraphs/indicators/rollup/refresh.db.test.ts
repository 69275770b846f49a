import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../../test/kit/database.ts';
import { countStatements } from '../../../test/kit/statements.ts';
import { importText } from '../fixtures/import-text.ts';
import { buildSmallCountry } from '../fixtures/small-country.ts';
import { networkResults } from '../import/network-results.merge.ts';
import type { IndicatorsTables } from '../tables.ts';
import { refreshIndicators } from './refresh.ts';

const database = await testDatabase();
const db = database.connect<IndicatorsTables>('indicators', 'public');
const admin = database.connect<IndicatorsTables>('administrations', 'owner');
beforeAll(async () => {
  await buildSmallCountry(database);
  const lines = [
    'reseau;site;indicateur;periode;valeur;repondants',
    'agences;SITE-a1;IND-SATISFACTION;2020;60;100',
    'agences;SITE-a2;IND-SATISFACTION;2020;80;100',
    'agences;SITE-d1;IND-SATISFACTION;2020;20;20',
    'caisses;SITE-k4;IND-SATISFACTION;2020;50;100',
  ];
  expect((await importText(database.url, networkResults, lines.join('\n'))).state).toBe('PUBLISHED');
});

const figure = async (territory: string, network = 'NET-agences') =>
  db
    .selectFrom('indicators.figure')
    .select(['value', 'publishing', 'expected', 'suppressed'])
    .where('network_id', '=', network)
    .where('territory_id', '=', territory)
    .executeTakeFirst();

/** What an import of the directory leaves behind: a revision, and what moved at it. */
async function revise(id: string, oldNetwork: string | null, newNetwork: string | null): Promise<void> {
  await sql`
    with revision as (
      insert into directory.revision (number) select coalesce(max(number), 0) + 1 from directory.revision returning number)
    insert into directory.change (revision, entity, id, old_network_id, new_network_id)
    select number, 'SITE', ${id}, ${oldNetwork}, ${newNetwork} from revision`.execute(admin);
}

test('nothing is recomputed while the directory has not moved', async () => {
  const { statements } = await countStatements(() => refreshIndicators(database.url));
  expect(statements).toHaveLength(1);
});

test('a site that moves to another département takes its result along', async () => {
  await sql`update directory.site set departement_id = 'DEP-62', region_id = 'REG-32' where id = 'SITE-a2'`.execute(
    admin,
  );
  await revise('SITE-a2', 'NET-agences', 'NET-agences');
  expect(await figure('DEP-01')).toMatchObject({ value: '70', publishing: 2, expected: 2 });
  await refreshIndicators(database.url);
  expect(await figure('DEP-01')).toMatchObject({ value: '60', publishing: 1, expected: 1 });
  // (80 × 100 + 20 × 20) / 120
  expect(await figure('DEP-62')).toMatchObject({ value: '70', publishing: 2, expected: 4 });
  expect(await figure('REG-84')).toMatchObject({ value: '60' });
  expect((await countStatements(() => refreshIndicators(database.url))).statements).toHaveLength(1);
});

test('a site that closes is expected no more afterwards, and still is before', async () => {
  await sql`update directory.site set valid_to = '2019-06-30' where id = 'SITE-d3'`.execute(admin);
  await revise('SITE-d3', 'NET-agences', null);
  await refreshIndicators(database.url);
  expect(await figure('DEP-62')).toMatchObject({ publishing: 2, expected: 3 });
});

test('a site of the successor keeps the results of the network that it belonged to', async () => {
  await sql`insert into directory.network (id, code, name, finest_level, valid_from) values ('NET-nouvelles', 'nouvelles', 'Nouvelles', 'SITE', '2024-01-01')`.execute(
    admin,
  );
  await sql`update directory.network set valid_to = '2023-12-31', successor_id = 'NET-nouvelles' where id = 'NET-agences'`.execute(
    admin,
  );
  await sql`update directory.site set network_id = 'NET-nouvelles' where network_id = 'NET-agences'`.execute(
    admin,
  );
  await revise('SITE-a1', 'NET-agences', 'NET-nouvelles');
  await refreshIndicators(database.url);
  expect(await figure('DEP-62')).toMatchObject({ value: '70', publishing: 2, expected: 3 });
  const late = await importText(
    database.url,
    networkResults,
    'reseau;site;indicateur;periode;valeur\nagences;SITE-c1;IND-SATISFACTION;2021;50\n',
  );
  expect(late.merge).toMatchObject({ inserted: 1 });
});

test('a new threshold withholds or shows again, everywhere', async () => {
  await refreshIndicators(database.url, { suppressionThreshold: 101 });
  expect(await figure('DEP-01')).toMatchObject({ value: null, suppressed: 'SMALL_SAMPLE' });
  expect(await figure('FR', 'NET-caisses')).toMatchObject({ value: null, suppressed: 'SMALL_SAMPLE' });
  await refreshIndicators(database.url, { suppressionThreshold: 0 });
  expect(await figure('DEP-01')).toMatchObject({ value: '60', suppressed: null });
  expect(await figure('FR', 'NET-caisses')).toMatchObject({ value: '50', suppressed: null });
});
