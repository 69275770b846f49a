import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import type { Feed } from '../../../kernel/import/feed.ts';
import type { ImportReport } from '../../../kernel/import/report.ts';
import { rollbackImport } from '../../../kernel/import/rollback.ts';
import { testDatabase } from '../../../test/kit/database.ts';
import { importText, problemsOf } from '../fixtures/import-text.ts';
import { buildSmallCountry } from '../fixtures/small-country.ts';
import { indicatorsFeeds } from '../import/feeds.ts';
import { jdmaServices } from '../import/jdma-services.merge.ts';
import { jdmaStatistics } from '../import/jdma-statistics.merge.ts';
import { networkResults } from '../import/network-results.merge.ts';
import { refreshIndicators } from '../rollup/refresh.ts';
import type { IndicatorsTables } from '../tables.ts';

const database = await testDatabase();
const db = database.connect<IndicatorsTables>('indicators', 'public');
beforeAll(() => buildSmallCountry(database));
const feeds = new Map<string, Feed>(indicatorsFeeds.map((feed) => [feed.name, feed]));
const undo = (report: ImportReport) =>
  rollbackImport(feeds, 'indicators', report.importId ?? '', { databaseUrl: database.url });

type Hits = Readonly<Record<string, number>>;
/** Statistics of a month or a year of a service with one form, as the API gives them. */
const product = (id: number, intervals: Readonly<Record<string, Hits>>, length = 'month') => ({
  product_id: String(id),
  product_name: `Service ${id}`,
  forms: [
    {
      form_id: '1',
      form_name: 'Formulaire',
      intervals: Object.entries(intervals).map(([date, hits]) => ({
        date: length === 'none' ? 'all_time' : `${date}T00:00:00.000Z`,
        length_interval: length,
        data: [
          {
            category: 'satisfaction',
            label: 'Satisfaction',
            number_hits: Object.entries(hits).map(([intention, count]) => ({
              intention,
              label: intention,
              count,
            })),
          },
          {
            category: 'comprehension',
            label: 'Langage',
            number_hits: [{ intention: 'very_bad', label: '1', count: 99 }],
          },
        ],
      })),
    },
  ],
});
const statistics = (data: readonly object[], options = {}) =>
  importText(database.url, jdmaStatistics, JSON.stringify({ data }), options);
const link = (rows: Readonly<Record<number, string>>, network = 'NET-agences') =>
  importText(
    database.url,
    jdmaServices,
    [
      'service;titre;reseau;demarche',
      ...Object.entries(rows).map(([id, procedure]) => `${id};Service ${id};${network};${procedure}`),
    ].join('\n'),
  );
/** Scores of procedures in a year as the public reads them, and what is withheld. */
const scores = async (year: number) => {
  const rows = await db
    .selectFrom('indicators.published_result')
    .select(['subject_id', 'value', 'numerator', 'denominator', 'suppressed'])
    .where('indicator_id', '=', 'IND-SCORE_DEMARCHE')
    .where('period_start', '=', `${year}-01-01`)
    .orderBy('subject_id')
    .execute();
  return Object.fromEntries(
    rows.map(({ subject_id, value, numerator, denominator, suppressed }) => [
      subject_id.slice(5),
      suppressed ?? `${value} = ${numerator} / ${denominator}`,
    ]),
  );
};
/** The share of procedures of 8 and more, as a figure. */
const quality = async (year: number) => {
  const row = await db
    .selectFrom('indicators.figure')
    .select(['value', 'numerator', 'denominator', 'basis', 'publishing', 'expected'])
    .where('indicator_id', '=', 'IND-QUALITE_DEMARCHES')
    .where('territory_id', '=', 'FR')
    .where('period_start', '=', `${year}-01-01`)
    .executeTakeFirst();
  return (
    row &&
    `${row.value} = ${row.numerator} / ${row.denominator} ${row.basis} ${row.publishing} of ${row.expected}`
  );
};

test('a score out of ten is 10, 5 and 0 for good, medium and bad; 10, 7.5, 5, 2.5 and 0 on five steps', async () => {
  await link({ 101: 'PROC-eight', 102: 'PROC-below', 103: 'PROC-steps', 104: 'PROC-two', 105: 'PROC-two' });
  const report = await statistics([
    product(101, {
      '2020-01-01': { good: 7, medium: 2, bad: 1 },
      '2020-02-01': { good: 8, medium: 0, bad: 2 },
    }),
    product(102, { '2020-03-01': { good: 15, medium: 1, bad: 4 } }),
    product(103, { '2020-04-01': { very_good: 4, good: 4, medium: 2, bad: 1, very_bad: 1 } }),
    product(104, { '2020-06-01': { good: 10 } }),
    product(105, { '2020-06-01': { bad: 10 } }),
    product(999, { '2020-06-01': { bad: 10 } }),
    { id: 101, title: 'Service 101', entity: 'Entité', forms: [] },
    { id: 777, title: 'Service 777', entity: 'Entité', forms: [] },
  ]);
  expect(problemsOf(report)).toEqual(['UNLINKED_SERVICE QUARANTINED 2']);
  expect(await scores(2020)).toEqual({
    eight: '8 = 160 / 20',
    below: '7.75 = 155 / 20',
    // 4 × 10 + 4 × 7.5 + 2 × 5 + 1 × 2.5
    steps: '6.875 = 82.5 / 12',
    two: '5 = 100 / 20',
  });
  expect(await quality(2020)).toBe('25 = 1 / 4 COMPUTED_WEIGHTED 4 of 4');
});

test('eight exactly is good, a hair below is not, whatever six decimals say', async () => {
  await link({ 201: 'PROC-exact', 202: 'PROC-hair' });
  await statistics([
    product(201, { '2021-01-01': { good: 8_000_000, bad: 2_000_000 } }, 'year'),
    product(202, { '2021-01-01': { good: 7_999_999, bad: 2_000_000 } }, 'year'),
  ]);
  expect(await scores(2021)).toEqual({
    exact: '8 = 80000000 / 10000000',
    hair: '8 = 79999990 / 9999999',
  });
  expect(await quality(2021)).toBe('50 = 1 / 2 COMPUTED_WEIGHTED 2 of 2');
});

test('an interval that comes again replaces its counts, others add up; a rollback puts back', async () => {
  await link({ 301: 'PROC-again' });
  await statistics([product(301, { '2022-01-01': { good: 12 } })]);
  await statistics([product(301, { '2022-02-01': { bad: 12 } })]);
  expect(await scores(2022)).toEqual({ again: '5 = 120 / 24' });
  const third = await statistics([product(301, { '2022-02-01': { bad: 36 } })]);
  expect(await scores(2022)).toEqual({ again: '2.5 = 120 / 48' });
  expect(problemsOf(await statistics([product(301, { '2022-01-01': { bad: 36 } }, 'year')]))).toEqual([
    'OVERLAPPING_INTERVAL REJECTED 1',
  ]);
  await undo(third);
  expect(await scores(2022)).toEqual({ again: '5 = 120 / 24' });
  // Moving the service to another procedure moves its score.
  const moved = await link({ 301: 'PROC-other' });
  expect(await scores(2022)).toEqual({ other: '5 = 120 / 24' });
  await undo(moved);
  expect(await scores(2022)).toEqual({ again: '5 = 120 / 24' });
});

test('few answers are withheld, and counted nowhere; the threshold decides anew', async () => {
  await link({ 401: 'PROC-few', 402: 'PROC-many' });
  await statistics([
    product(401, { '2023-01-01': { good: 10 } }),
    product(402, { '2023-01-01': { good: 11 } }),
  ]);
  expect(await scores(2023)).toEqual({ few: 'SMALL_SAMPLE', many: '10 = 110 / 11' });
  expect(await quality(2023)).toBe('100 = 1 / 1 COMPUTED_WEIGHTED 1 of 2');
  await refreshIndicators(database.url, { suppressionThreshold: 12 });
  expect(await quality(2023)).toBeUndefined();
  await refreshIndicators(database.url, { suppressionThreshold: 5 });
  expect(await scores(2023)).toEqual({ few: '10 = 100 / 10', many: '10 = 110 / 11' });
  await refreshIndicators(database.url, { suppressionThreshold: 11 });
  const agent = database.connect<unknown>('indicators', 'agent');
  await expect(sql`select from indicators.jdma_count`.execute(agent)).rejects.toThrow('permission denied');
});

test('what the network publishes itself stays', async () => {
  const header = 'reseau;demarche;territoire;indicateur;periode;valeur';
  await importText(
    database.url,
    networkResults,
    `${header}\nagences;PROC-own;;SCORE_DEMARCHE;2024;9\nagences;;FR;QUALITE_DEMARCHES;2024;70`,
  );
  await link({ 501: 'PROC-own' });
  const report = await statistics([product(501, { '2024-01-01': { bad: 100 } })]);
  expect(problemsOf(report)).toEqual(['PUBLISHED_OTHERWISE QUARANTINED 1']);
  expect(await scores(2024)).toEqual({ own: '9 = null / null' });
  expect(await quality(2024)).toMatch(/^70 = null .* PUBLISHED/);
});

test('counts of all time need a period; what cannot be read is told', async () => {
  await link({ 601: 'PROC-all' });
  const all = [product(601, { x: { good: 20 } }, 'none')];
  expect(problemsOf(await statistics(all))).toEqual(['REQUIRED REJECTED 1']);
  expect((await statistics(all, { options: { period: '2019' } })).state).toBe('PUBLISHED');
  expect(await scores(2019)).toEqual({ all: '10 = 200 / 20' });
  const bad = await statistics([
    product(601, { '2018-01-01': { great: 1 } }),
    product(601, { '2018-01-01': { good: -1 } }),
    product(601, { '2018-13-01': { good: 1 } }),
    product(601, { '2018-12-31': { good: 1 } }, 'week'),
    product(601, { '2199-01-01': { good: 1 } }),
    product(601, { '2019-02-01': { good: 1 } }),
    { product_id: 'x', forms: [] },
    { product_id: '601', forms: 'none' },
  ]);
  expect(bad.state).toBe('REFUSED');
  expect(problemsOf(bad)).toEqual([
    'BAD_CODE REJECTED 1',
    'BAD_INTERVAL REJECTED 1',
    'BAD_VALUE REJECTED 2',
    'FUTURE_DATE REJECTED 1',
    'NOT_ALLOWED REJECTED 1',
    'NOT_AN_INTEGER REJECTED 1',
    'OVERLAPPING_INTERVAL REJECTED 2',
  ]);
});
