import { beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../../test/kit/database.ts';
import { importText, problemsOf } from '../fixtures/import-text.ts';
import { buildSmallCountry } from '../fixtures/small-country.ts';
import { networkResults } from '../import/network-results.merge.ts';
import type { IndicatorsTables } from '../tables.ts';

const database = await testDatabase();
const db = database.connect<IndicatorsTables>('indicators', 'public');
beforeAll(() => buildSmallCountry(database));

const HEADER =
  'reseau;site;indicateur;periode;valeur;numerateur;denominateur;repondants;tres;plutot;plutot_pas;pas_du_tout';
async function publish(...lines: string[]): Promise<void> {
  const text = [HEADER, ...lines.map((line) => `NET-agences;${line}`)].join('\n');
  expect(problemsOf(await importText(database.url, networkResults, text))).toEqual([]);
}
const inYear = (year: number) => `${year}-01-01`;

/** « SITE-b1 SMALL_SAMPLE », or its value, of each result of a year. */
async function resultsOf(year: number): Promise<string[]> {
  const rows = await db
    .selectFrom('indicators.published_result')
    .select(['subject_id', 'value', 'suppressed'])
    .where('period_start', '=', inYear(year))
    .orderBy('subject_id')
    .execute();
  return rows.map(({ subject_id, value, suppressed }) => `${subject_id} ${suppressed ?? value}`);
}

async function figureOf(year: number, territory: string) {
  const rows = await db
    .selectFrom('indicators.figure')
    .select(['value', 'respondents', 'suppressed'])
    .where('period_start', '=', inYear(year))
    .where('territory_id', '=', territory)
    .where('typology_id', '=', '')
    .execute();
  return rows.map(({ value, respondents, suppressed }) => suppressed ?? `${value} of ${respondents}`);
}

test('however a rate is given, it is of the fewest answers that it says', async () => {
  await publish(
    // A denominator is the answers to the question; so are the steps, whatever else is said.
    'SITE-a1;IND-SATISFACTION;2011;;2;3;;;;;',
    'SITE-b1;IND-SATISFACTION;2011;;;;500;1;1;0;0',
    'SITE-c1;IND-SATISFACTION_NETTE;2011;;1;10;;;;;',
    'SITE-d1;IND-SATISFACTION;2011;;10;11;;;;;',
    // Of calls, the denominator counts no people.
    'SITE-d2;IND-TAUX_DECROCHE;2011;;2;3;;;;;',
  );
  expect(await resultsOf(2011)).toEqual([
    'SITE-a1 SMALL_SAMPLE',
    'SITE-b1 SMALL_SAMPLE',
    'SITE-c1 SMALL_SAMPLE',
    'SITE-d1 90.909091',
    'SITE-d2 66.666667',
  ]);
  expect(await figureOf(2011, 'DEP-01')).toEqual(['SMALL_SAMPLE']);
});

test('what protects a small sample goes on doing so when more is published', async () => {
  const small = 'SITE-b1;IND-SATISFACTION;2012;;;;;2;1;1;1';
  await publish(small, 'SITE-b2;IND-SATISFACTION;2012;;;;;20;20;5;5');
  const before = ['SITE-b1 SMALL_SAMPLE', 'SITE-b2 COMPLEMENTARY'];
  expect(await resultsOf(2012)).toEqual(before);
  expect(await figureOf(2012, 'DEP-38')).toEqual(['78.181818 of 55']);
  // Smaller than the one that is withheld, which with the figure of before would give the small one away.
  await publish('SITE-b3;IND-SATISFACTION;2012;;;;;8;8;2;2');
  expect(await resultsOf(2012)).toEqual([...before, 'SITE-b3 80']);
  expect(await figureOf(2012, 'DEP-38')).toEqual(['78.666667 of 75']);
  // As soon as the small one has enough answers, there is nothing to protect.
  await publish('SITE-b1;IND-SATISFACTION;2012;;;;;6;3;3;3');
  expect(await resultsOf(2012)).toEqual(['SITE-b1 60', 'SITE-b2 80', 'SITE-b3 80']);
});

test('another small sample does not free what protects the first', async () => {
  await publish('SITE-b1;IND-SATISFACTION;2013;;;;;2;1;1;1', 'SITE-b2;IND-SATISFACTION;2013;;;;;20;20;5;5');
  await publish('SITE-b3;IND-SATISFACTION;2013;;;;;1;1;1;1');
  expect(await resultsOf(2013)).toEqual([
    'SITE-b1 SMALL_SAMPLE',
    'SITE-b2 COMPLEMENTARY',
    'SITE-b3 SMALL_SAMPLE',
  ]);
});
