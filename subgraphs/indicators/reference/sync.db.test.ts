import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { testDatabase } from '../../../test/kit/database.ts';
import { importText } from '../fixtures/import-text.ts';
import { indicatorCoreMap } from '../import/indicator-core-map.merge.ts';
import type { IndicatorsTables } from '../tables.ts';
import { putCoreMap } from './core-map.ts';
import { syncReference } from './sync.ts';

const database = await testDatabase();
const db = database.connect<IndicatorsTables>('indicators', 'public');
await syncReference(database.url);

const definitions = () =>
  db
    .selectFrom('indicators.indicator as i')
    .innerJoin('indicators.definition as d', 'd.indicator_id', 'i.id')
    .select(['i.id', 'i.network_id', 'i.core_indicator_id', 'i.comparability', 'd.question', 'd.family'])
    .select(['d.unit', 'd.direction', 'd.formula', 'd.user_title', 'd.title'])
    .orderBy('i.id')
    .execute();

test('the common core: eleven indicators of no network, the perceived ones with their question', async () => {
  const common = (await definitions()).filter(({ network_id }) => network_id === null);
  const core = common.filter(({ core_indicator_id }) => core_indicator_id === null);
  // The score of a procedure, of which one of the eleven counts those of 8 and more.
  expect(common.filter((one) => !core.includes(one))).toMatchObject([
    {
      id: 'IND-SCORE_DEMARCHE',
      core_indicator_id: 'IND-QUALITE_DEMARCHES',
      unit: 'SCORE_10',
      formula: 'MEAN',
    },
  ]);
  expect(core.map(({ id }) => id)).toEqual([
    'IND-ACCESSIBILITE',
    'IND-EFFORT',
    'IND-EFFORT_NET',
    'IND-QUALITE_DEMARCHES',
    'IND-RELATION',
    'IND-RESPECT_DELAI',
    'IND-SATISFACTION',
    'IND-SATISFACTION_DELAI',
    'IND-SATISFACTION_NETTE',
    'IND-TAUX_DECROCHE',
    'IND-TAUX_DECROCHE_GLOBAL',
  ]);
  for (const { id, family, question, formula, unit } of core) {
    expect(question !== null, id).toBe(family === 'SATISFACTION');
    expect(formula === 'NET', id).toBe(unit === 'POINTS');
  }
  expect(core.find(({ id }) => id === 'IND-SATISFACTION')?.question).toBe(
    'Globalement, êtes-vous satisfait de la qualité de service rendu par le service public avec lequel vous avez été en contact ?',
  );
});

test('each indicator proves commitments that exist; published results prove the sixth', async () => {
  const known = readFileSync('data/reference/commitments.csv', 'utf8');
  const proofs = await db
    .selectFrom('indicators.indicator_commitment')
    .select(['indicator_id', 'commitment_id'])
    .execute();
  for (const { commitment_id } of proofs) expect(known).toContain(`\n${commitment_id},`);
  const proving = new Set(
    proofs.filter(({ commitment_id }) => /-(E6|2021-6)$/.test(commitment_id)).map((row) => row.indicator_id),
  );
  for (const { id } of await definitions()) expect(proving.has(id), id).toBe(true);
});

test('every indicator of a network is compared with the common core, or said to be its own', async () => {
  for (const row of (await definitions()).filter(({ network_id }) => network_id !== null)) {
    expect(row.comparability, row.id).not.toBeNull();
    expect(row.core_indicator_id === null, row.id).toBe(row.comparability === 'OWN');
  }
});

test('the two transparency rates are two indicators, and a delay is better when lower', async () => {
  const rows = await definitions();
  const transparency = rows.filter(({ id }) => id.endsWith('TRANSPARENCE'));
  expect(transparency.map(({ id }) => id)).toEqual(['IND-BAROMETRE-TRANSPARENCE', 'IND-KIT-TRANSPARENCE']);
  expect(rows.filter(({ direction }) => direction === 'LOWER_IS_BETTER')).toMatchObject([
    { id: 'IND-PN-DELAI-POLICE-SECOURS', unit: 'MINUTES', network_id: 'NET-police' },
  ]);
  expect(
    await db.selectFrom('indicators.target').select(['indicator_id', 'value', 'period_end']).execute(),
  ).toEqual([{ indicator_id: 'IND-KIT-TRANSPARENCE', value: '100', period_end: '2021-03-31' }]);
});

test('loading again what has not changed makes no import', async () => {
  const imports = () =>
    db.selectFrom('indicators.import').select(['file_name', 'feed', 'publication']).execute();
  const before = await imports();
  expect(before.map(({ file_name }) => file_name).sort()).toEqual([
    'indicators-core-map.csv',
    'indicators-core.csv',
    'indicators-national.csv',
    'indicators-networks.csv',
    'indicators-procedures.csv',
    'indicators-targets.csv',
  ]);
  await syncReference(database.url);
  expect(await imports()).toEqual(before);
});

test('how a user maps an indicator stays when a release of the table says otherwise', async () => {
  const owner = database.connect<IndicatorsTables>('indicators', 'owner');
  const map = (code: string, core: string, comparability: string) =>
    `indicateur,indicateur_commun,comparabilite\n${code},${core},${comparability}\n`;
  const [one, other] = (await definitions()).filter(({ comparability }) => comparability === 'CLOSE');
  if (one === undefined || other === undefined) throw new Error('no indicators to map');
  await importText(database.url, indicatorCoreMap, map(one.id, '', 'OWN'));
  await owner
    .transaction()
    .execute((trx) => putCoreMap(trx, `${map(one.id, 'IND-EFFORT', 'CLOSE')}${other.id},,OWN\n`));
  const found = (await definitions()).filter(({ id }) => [one.id, other.id].includes(id));
  expect(found).toMatchObject([{ comparability: 'OWN' }, { comparability: 'OWN' }]);
});
