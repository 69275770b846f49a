import { beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../../test/kit/database.ts';
import { importText } from '../fixtures/import-text.ts';
import { buildSmallCountry } from '../fixtures/small-country.ts';
import { networkResults } from '../import/network-results.merge.ts';
import type { IndicatorsTables } from '../tables.ts';

const database = await testDatabase();
const db = database.connect<IndicatorsTables>('indicators', 'public');
beforeAll(() => buildSmallCountry(database));

const HEADER = 'reseau;code_sp_structure;site;territoire;indicateur;periode;valeur;repondants';
async function spreadOf(period: string, rows: string[]) {
  const lines = rows.map((row) => {
    const [subject = '', value = '', respondents = ''] = row.split(' ');
    const structure = subject.startsWith('STR-') ? subject : '';
    const site = subject.startsWith('SITE-') ? subject : '';
    return `agences;${structure};${site};${structure || site ? '' : subject};IND-SATISFACTION;${period};${value};${respondents}`;
  });
  await importText(database.url, networkResults, [HEADER, ...lines].join('\n'));
  return db
    .selectFrom('indicators.spread')
    .select(['units', 'values_ascending', 'units_up_to', 'median', 'lowest_subject_id', 'highest_subject_id'])
    .where('period_start', '=', `${period}-01-01`)
    .executeTakeFirst();
}

test('distinct values in order, units up to each, exact median, ties broken by id', async () => {
  const rows = ['SITE-d1 70', 'SITE-a1 70,0', 'SITE-a2 55,1', 'SITE-c1 91', 'SITE-b3 55.1'];
  expect(await spreadOf('2001', rows)).toEqual({
    units: 5,
    values_ascending: ['55.1', '70', '91'],
    units_up_to: [2, 4, 5],
    median: '70',
    lowest_subject_id: 'SITE-a2',
    highest_subject_id: 'SITE-c1',
  });
});

test('the median of an even number of units is half-way, exactly', async () => {
  expect(await spreadOf('2002', ['SITE-d1 70.1', 'SITE-a1 70.2'])).toMatchObject({ median: '70.15' });
});

test('parents, territories and withheld units are not ranked', async () => {
  const rows = [
    'SITE-d1 70',
    'SITE-d2 10 5',
    'SITE-b1 60',
    'STR-pair 20',
    'STR-director 99',
    'FR 1',
    'SITE-d3 80 90',
  ];
  const spread = await spreadOf('2003', rows);
  // d2 is withheld, and with it the smallest of its siblings, d3: it alone tells its respondents.
  expect(spread).toMatchObject({ units: 2, values_ascending: ['60', '70'] });
});

test('nothing to rank, no spread', async () => {
  expect(await spreadOf('2004', ['SITE-d1 70 5'])).toBeUndefined();
});
