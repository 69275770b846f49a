import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { parsePeriod } from '../../../kernel/period.ts';
import { seededDatabase } from '../fixtures/ask.ts';
import type { IndicatorsTables } from '../tables.ts';
import { localFigures } from './local.query.ts';

const database = await seededDatabase();
const db = database.connect<IndicatorsTables>('indicators', 'public');
const directory = database.connect('administrations', 'owner');
const indicators = database.connect('indicators', 'owner');

/** A structure of NET-france-travail that has a result of 2024 for the common core's satisfaction. */
async function structure(
  id: string,
  level: string,
  parent: string | null,
  value: string | null,
): Promise<void> {
  await sql`
    insert into directory.structure (id, code, name, network_id, parent_id, level, departement_id, region_id, import_id)
    values (${id}, ${id.slice(4)}, ${id}, 'NET-france-travail', ${parent}, ${level}, 'DEP-01', 'REG-84', ${randomUUID()})
  `.execute(directory);
  if (value === null) return;
  await sql`
    insert into indicators.result (network_id, indicator_id, definition_version, subject_kind, subject_id, period_grain,
      period_start, period_end, value, import_id, publication_from)
    select 'NET-france-travail', 'IND-SATISFACTION', 1, 'STRUCTURE', ${id}, 'YEAR', '2024-01-01', '2024-12-31',
           ${value}::numeric, id, 1 from indicators.import where file_name = 'resultats.csv'`.execute(
    indicators,
  );
}

const link = (
  structureId: string,
  site: string,
  confidence: string,
  from: string | null,
  to: string | null,
) =>
  sql`
    insert into directory.structure_site (structure_id, site_id, method, confidence, valid_from, valid_to, import_id)
    values (${structureId}, ${site}, 'test', ${confidence}, ${from}, ${to}, ${randomUUID()})`.execute(
    directory,
  );

const EVERYTHING = { indicator: null, family: null, period: null };
const localOf = async (site: string, args: Partial<Parameters<typeof localFigures>[1]> = {}) =>
  (await localFigures(db, { ...EVERYTHING, ...args }, [site])).map(
    ({ figure }) => figure && [figure.subject_id, figure.value],
  );

test('the surest link first, whatever the order of the values', async () => {
  await structure('STR-sure', 'SITE', null, '50');
  await structure('STR-maybe', 'SITE', null, '99');
  await link('STR-maybe', 'SITE-silent', 'POSSIBLE', null, null);
  expect(await localOf('SITE-silent')).toEqual([['STR-maybe', '99']]);
  await link('STR-sure', 'SITE-silent', 'CERTAIN', null, null);
  expect(await localOf('SITE-silent')).toEqual([['STR-sure', '50']]);
});

test('a link counts for the periods during which it held: closed on a day, it no longer holds that day', async () => {
  const close = (day: string | null) =>
    sql`update directory.structure_site set valid_to = ${day} where structure_id = 'STR-sure'`.execute(
      directory,
    );
  await close('2024-01-01');
  expect(await localOf('SITE-silent')).toEqual([['STR-maybe', '99']]);
  await close('2024-01-02');
  expect(await localOf('SITE-silent')).toEqual([['STR-sure', '50']]);
});

test('a structure coarser than the finest level of the network speaks for no site', async () => {
  await structure('STR-direction', 'DEPARTEMENT', null, '77');
  await structure('STR-team', 'SITE', 'STR-direction', null);
  await sql`
    insert into directory.site (id, name, pivot, pivots, network_id, source_commune_code, departement_id, region_id)
    values ('SITE-team', 'team', 'test', '{test}', 'NET-france-travail', '00000', 'DEP-01', 'REG-84')`.execute(
    directory,
  );
  await link('STR-team', 'SITE-team', 'CERTAIN', null, null);
  expect(await localOf('SITE-team')).toEqual([null]);
});

test('its own result comes before those of its structures', async () => {
  await link('STR-sure', 'SITE-grenoble', 'CERTAIN', null, null);
  expect(await localOf('SITE-grenoble')).toEqual([['SITE-grenoble', '60']]);
});

test('of one indicator, family, period; a place without any has one row, an unknown one none', async () => {
  expect(await localOf('SITE-bapaume', { indicator: 'IND-SATISFACTION' })).toEqual([
    ['SITE-bapaume', '75.25'],
  ]);
  expect(await localOf('SITE-bapaume', { family: 'PERFORMANCE' })).toEqual([null]);
  expect(await localOf('SITE-bapaume', { period: parsePeriod('2023') })).toEqual([['SITE-bapaume', '65']]);
  expect(await localOf('SITE-bapaume', { period: parsePeriod('2023-S1') })).toEqual([null]);
  expect(await localOf('SITE-nowhere')).toEqual([]);
});

test('a place tells where it stands and the networks that it comes from', async () => {
  const [found] = await localFigures(db, { ...EVERYTHING, indicator: 'IND-NONE' }, ['SITE-bapaume']);
  expect(found).toEqual({
    place_id: 'SITE-bapaume',
    place_network: 'NET-france-travail',
    place_departement: 'DEP-62',
    place_region: 'REG-32',
    place_networks: ['NET-france-travail', 'NET-pole-emploi'],
    figure: null,
  });
});

test('a structure that answers for a région stands in no département', async () => {
  const [nation] = await localFigures(db, EVERYTHING, ['STR-caf']);
  expect(nation).toMatchObject({ place_departement: null, place_region: null });
});
