import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../../test/kit/database.ts';
import { exportedFile } from '../../../test/kit/exported.ts';
import { decilesOf } from '../equality/deciles.query.ts';
import { resultsExport } from '../export/results.export.ts';
import { importText, problemsOf } from '../fixtures/import-text.ts';
import { buildSmallCountry } from '../fixtures/small-country.ts';
import { networkResults } from '../import/network-results.merge.ts';
import { resultGroups } from '../statistics/groups.query.ts';
import type { IndicatorsTables } from '../tables.ts';
import { rankedGroup } from './group.query.ts';
import { rankedPage } from './ranking.query.ts';

const database = await testDatabase();
const db = database.connect<IndicatorsTables>('indicators', 'public');
const INDICATOR = 'IND-SATISFACTION';

beforeAll(async () => {
  await buildSmallCountry(database);
  const directory = database.connect<object>('administrations', 'owner');
  await sql`
    insert into directory.territory (id, level, code, name, parent_id, departement_id, region_id, vintage)
    values ('COM-59350', 'COMMUNE', '59350', 'Lille', 'DEP-59', 'DEP-59', 'REG-32', 2026)`.execute(directory);
  // Seats: of a région, of the nation, of a département, of a site.
  await sql`
    update directory.structure set commune_id = 'COM-59350'
     where id in ('STR-r32a', 'STR-n', 'STR-k3a', 'STR-unlinked')`.execute(directory);
  const report = await importText(
    database.url,
    networkResults,
    `reseau;code_sp_structure;indicateur;periode;valeur;repondants
     NET-regionales;STR-r84;${INDICATOR};2024;60;100
     NET-regionales;STR-r32a;${INDICATOR};2024;70;100
     NET-regionales;STR-r32b;${INDICATOR};2024;80;100
     NET-nationale;STR-n;${INDICATOR};2024;75;100
     NET-caisses;STR-k1;${INDICATOR};2024;50;100
     NET-caisses;STR-k3a;${INDICATOR};2024;90;100
     NET-agences;STR-unlinked;${INDICATOR};2024;65;100`.replaceAll('\n     ', '\n'),
  );
  expect(problemsOf(report)).toEqual([]);
});

/** Structures ranked in a territory, with their ranks; of one period chosen among theirs. */
async function ranked(network: string, within: string | null): Promise<string[]> {
  const asked = { indicator: INDICATOR, within, period: null };
  const group = await rankedGroup(db, network, asked);
  if (!group) return [];
  const order = { ...asked, descending: true, higherIsBetter: true };
  const rows = await rankedPage(db, network, order, group, { after: null, limit: 10 });
  const [deciles] = await decilesOf(db, network, asked, group);
  expect(deciles?.units).toBe(rows.length);
  expect(deciles?.values[4]).toBe(medianOf(rows.map(({ value }) => Number(value))));
  return rows.map(({ rank, subject_id }) => `${rank} ${subject_id}`);
}

const medianOf = (values: readonly number[]) => {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (index: number) => sorted[Math.floor(index)] ?? Number.NaN;
  return String((at((sorted.length - 1) / 2) + at(sorted.length / 2)) / 2);
};

const EVERYWHERE = {
  networks: null,
  indicators: [INDICATOR],
  from: null,
  to: null,
  setting: null,
  density: null,
};

test.each<[network: string, within: string | null, found: string[]]>([
  ['NET-regionales', null, ['1 STR-r32b', '2 STR-r32a', '3 STR-r84']],
  ['NET-regionales', 'REG-32', ['1 STR-r32b', '2 STR-r32a']],
  // Its seat is there; it answers for the région.
  ['NET-regionales', 'DEP-59', []],
  ['NET-regionales', 'COM-59350', []],
  ['NET-nationale', null, ['1 STR-n']],
  ['NET-nationale', 'REG-32', []],
  ['NET-nationale', 'DEP-59', []],
  ['NET-caisses', 'REG-32', ['1 STR-k3a']],
  ['NET-caisses', 'DEP-59', ['1 STR-k3a']],
  ['NET-caisses', 'COM-59350', []],
  ['NET-agences', 'DEP-59', ['1 STR-unlinked']],
  ['NET-agences', 'COM-59350', ['1 STR-unlinked']],
])(
  '%s in %s: ranks, deciles and exports are of the units that its figure is made of',
  async (network, within, found) => {
    expect(await ranked(network, within)).toEqual(found);
    const filter = { ...EVERYWHERE, networks: [network], territory: within, period: null };
    const { rows } = await resultGroups(
      db,
      { filter, groupBy: ['NETWORK', 'INDICATOR', 'PERIOD'] },
      { after: null, limit: 10 },
      100,
    );
    expect(rows.map(({ results }) => results)).toEqual(found.length === 0 ? [] : [found.length]);
    const set = { set: resultsExport, subgraph: 'indicators' };
    const file = await exportedFile(
      database.url,
      set,
      'ndjson',
      `networks=${network}&territory=${within ?? 'FR'}`,
    );
    expect(String(file).split('\n').filter(Boolean)).toHaveLength(found.length);
    if (within?.startsWith('COM-')) return;
    const figures = await db
      .selectFrom('indicators.figure')
      .select('territory_id')
      .where('network_id', '=', network)
      .where('territory_id', '=', within ?? 'FR')
      .where('typology_id', '=', '')
      .execute();
    expect(figures).toHaveLength(found.length === 0 ? 0 : 1);
  },
);
