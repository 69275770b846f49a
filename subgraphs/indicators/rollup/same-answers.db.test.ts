import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../../test/kit/database.ts';
import { importText, problemsOf } from '../fixtures/import-text.ts';
import { buildSmallCountry, SMALL_COUNTRY } from '../fixtures/small-country.ts';
import { networkResults } from '../import/network-results.merge.ts';
import type { IndicatorsTables } from '../tables.ts';
import { determined, type Sum } from './determined.ts';
import { type Measure, type RawResult, recompute } from './oracle.ts';

/**
 * The same answers under two indicators, the rate and the net rate of one question, published by the same units or
 * not, in the same way or not, with totals that the source added up itself. A reader has both, and all levels.
 */
const database = await testDatabase();
const db = database.connect<IndicatorsTables>('indicators', 'public');
beforeAll(() => buildSmallCountry(database));

const PAIR: Readonly<Record<string, Measure>> = {
  'IND-SATISFACTION': { unit: 'PERCENT', formula: 'FAVOURABLE' },
  'IND-SATISFACTION_NETTE': { unit: 'POINTS', formula: 'NET' },
};
type Answers = readonly [number, number, number, number];
const FORMS = ['answers', 'answers', 'answers', 'respondents', 'value', 'absent'] as const;
type Form = (typeof FORMS)[number];

const total = (answers: Answers) => answers.reduce((sum, count) => sum + count, 0);
const added = (several: readonly Answers[]): Answers => [
  several.reduce((sum, [count]) => sum + count, 0),
  several.reduce((sum, [, count]) => sum + count, 0),
  several.reduce((sum, [, , count]) => sum + count, 0),
  several.reduce((sum, [, , , count]) => sum + count, 0),
];

/** A result in one of the ways in which sources give them. */
function rowOf(subject: string, [a, b, c, d]: Answers, form: Form, { formula }: Measure): RawResult {
  const nothing = { subject, value: null, numerator: null, denominator: null, respondents: null };
  if (form === 'answers') return { ...nothing, answers: [a, b, c, d] };
  const cases = a + b + c + d;
  const value = ((100 * (formula === 'NET' ? a + b - c - d : a + b)) / cases).toFixed(1);
  return { ...nothing, value, respondents: form === 'respondents' ? cases : null, answers: null };
}

const count = fc.integer({ min: 0, max: 6 });
const answers = fc.tuple(count, count, count, fc.integer({ min: 1, max: 6 }));
const form = fc.constantFrom(...FORMS);
const SUBJECTS: Readonly<Record<string, readonly string[]>> = {
  'NET-agences': SMALL_COUNTRY.sites.filter(({ network }) => network === 'NET-agences').map(({ id }) => id),
  'NET-caisses': ['STR-k1', 'STR-k2', 'STR-k3a', 'STR-k3b'],
};
/** What is below those that may publish the sum of it. */
const TOTALS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'NET-agences': {
    'STR-pair': ['SITE-b1', 'SITE-b2'],
    'STR-director': ['SITE-b1', 'SITE-b2', 'SITE-b3'],
    'DEP-62': ['SITE-d1', 'SITE-d2', 'SITE-d3'],
    'REG-32': ['SITE-c1', 'SITE-d1', 'SITE-d2', 'SITE-d3'],
  },
  'NET-caisses': { 'DEP-59': ['STR-k3a', 'STR-k3b'], 'REG-84': ['STR-k1', 'STR-k2'] },
};

const surveys = fc.constantFrom(...Object.keys(SUBJECTS)).chain((network) =>
  fc.record({
    network: fc.constant(network),
    // Sources that are alike are the rule, and withhold the most.
    alike: fc.boolean(),
    units: fc.tuple(
      ...(SUBJECTS[network] ?? []).map((subject) =>
        fc.record({ subject: fc.constant(subject), answers, rate: form, net: form }),
      ),
    ),
    totals: fc.subarray(Object.keys(TOTALS[network] ?? {})),
  }),
);
type Survey = typeof surveys extends fc.Arbitrary<infer S> ? S : never;

/** What is published under an indicator: units, then totals of those that gave their answers. */
function rowsOf({ network, alike, units, totals }: Survey, indicator: string): RawResult[] {
  const measure = PAIR[indicator];
  if (measure === undefined) throw new Error(indicator);
  const formOf = (unit: Survey['units'][number]): Form =>
    alike ? 'answers' : measure.formula === 'NET' ? unit.net : unit.rate;
  const published = units.filter((unit) => formOf(unit) !== 'absent');
  const rows = published.map((unit) => rowOf(unit.subject, unit.answers, formOf(unit), measure));
  const above = totals.flatMap((subject) => {
    const below = published.filter((unit) => TOTALS[network]?.[subject]?.includes(unit.subject));
    // A total of units that do not say how many answered is not known to be one, and is none of the hub's business.
    return below.length === 0 || below.some((unit) => formOf(unit) === 'value')
      ? []
      : [rowOf(subject, added(below.map((unit) => unit.answers)), 'answers', measure)];
  });
  return [...rows, ...above];
}

const HEADER =
  'reseau;code_sp_structure;site;territoire;indicateur;periode;valeur;repondants;tres;plutot;plutot_pas;pas_du_tout';
const lineOf = (network: string, indicator: string, period: string, row: RawResult) => {
  const at = (kind: string) => (row.subject.startsWith(kind) ? row.subject : '');
  const territory = /^(STR|SITE)-/.test(row.subject) ? '' : row.subject;
  const values = [row.value ?? '', row.respondents ?? '', ...(row.answers ?? ['', '', '', ''])];
  return [network, at('STR-'), at('SITE-'), territory, indicator, period, ...values].join(';');
};

let years = 1000;

/** Imports both indicators of surveys of a year each; then what a reader can work out of each survey. */
async function publishAll(chosen: readonly Survey[]) {
  const dated = chosen.map((survey) => {
    years += 1;
    return { survey, year: String(years) };
  });
  const file = (indicator: string) =>
    [
      HEADER,
      ...dated.flatMap(({ survey, year }) =>
        rowsOf(survey, indicator).map((row) => lineOf(survey.network, indicator, year, row)),
      ),
    ].join('\n');
  // One after the other: what comes second concerns what is there.
  for (const indicator of Object.keys(PAIR)) {
    const report = await importText(database.url, networkResults, file(indicator));
    expect(problemsOf(report)).toEqual([]);
  }
  return Promise.all(dated.map(({ survey, year }) => knowledgeOf(survey, `${year}-01-01`)));
}

async function knowledgeOf(survey: Survey, start: string) {
  const hidden = new Set<string>();
  const shown = new Set<string>();
  const sums: Sum[] = [];
  let shownNets = 0;
  const sizes = new Map(survey.units.map((unit) => [unit.subject, total(unit.answers)]));
  const weighed = (parts: readonly string[], weight: (id: string) => number): Sum =>
    new Map(parts.map((id) => [id, weight(id)]));
  for (const [indicator, measure] of Object.entries(PAIR)) {
    const rows = rowsOf(survey, indicator);
    if (rows.length === 0) continue;
    const oracle = recompute(SMALL_COUNTRY, survey.network, measure, rows);
    const results = await db
      .selectFrom('indicators.published_result')
      .selectAll()
      .where('network_id', '=', survey.network)
      .where('indicator_id', '=', indicator)
      .where('period_start', '=', start)
      .execute();
    const figures = await db
      .selectFrom('indicators.figure')
      .selectAll()
      .where('network_id', '=', survey.network)
      .where('indicator_id', '=', indicator)
      .where('period_start', '=', start)
      .where('typology_id', '=', '')
      .where('suppressed', 'is', null)
      .execute();
    for (const result of results) {
      if (result.suppressed !== null) {
        expect(result).toMatchObject({ value: null, respondents: null, very_favourable: null });
        if (sizes.has(result.subject_id)) hidden.add(result.subject_id);
        continue;
      }
      if (sizes.has(result.subject_id)) shown.add(result.subject_id);
      const below = TOTALS[survey.network]?.[result.subject_id];
      // The sum of what was published under this indicator.
      if (below) {
        const units = rows.filter(({ subject }) => below.includes(subject)).map(({ subject }) => subject);
        sums.push(weighed(units, (id) => sizes.get(id) ?? 0));
      }
    }
    for (const figure of figures) {
      if (figure.basis === 'PUBLISHED') continue;
      const parts = oracle.figures.get(figure.territory_id)?.parts ?? [];
      const plain = figure.basis === 'COMPUTED_UNWEIGHTED';
      sums.push(weighed(parts, (id) => (plain ? 1 : (sizes.get(id) ?? 0))));
      if (measure.formula === 'NET' && parts.some((id) => hidden.has(id))) shownNets += 1;
    }
  }
  return { hidden: [...hidden], shown, sums, shownNets };
}

test('what one indicator withholds is not found in the other, nor in totals, nor between them', async () => {
  let withheld = 0;
  let nets = 0;
  const several = fc.array(surveys, { minLength: 12, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(several, async (chosen) => {
      for (const { hidden, shown, sums, shownNets } of await publishAll(chosen)) {
        expect(hidden.filter((id) => shown.has(id))).toEqual([]);
        expect(determined(hidden, sums)).toEqual([]);
        withheld += hidden.length;
        nets += shownNets;
      }
    }),
    // Each attempt is two imports of twelve surveys: no shrinking, it would take minutes.
    { numRuns: 10, endOnFailure: true },
  );
  expect(withheld).toBeGreaterThan(100);
  // Withholding is not all there is: the net rates of territories above withheld units stay where they may.
  expect(nets).toBeGreaterThan(20);
}, 240_000);

test('two definitions in one period make two figures, and what one withholds the other does', async () => {
  const indicator = 'IND-ACCESSIBILITE';
  const publish = (rows: readonly string[]) =>
    importText(
      database.url,
      networkResults,
      ['reseau;site;indicateur;periode;valeur;repondants', ...rows.map((row) => `agences;${row}`)].join('\n'),
    );
  await publish([`SITE-a1;${indicator};1990;70;20`, `SITE-a2;${indicator};1990;50;30`]);
  const owner = database.connect<IndicatorsTables>('indicators', 'owner');
  const first = await owner
    .selectFrom('indicators.definition')
    .selectAll()
    .where('indicator_id', '=', indicator)
    .executeTakeFirstOrThrow();
  // Another method: the same question, asked otherwise from the summer on.
  const second = { ...first, version: 2, methods: 'Autrement.', valid_from: '1990-07-01' };
  await owner.insertInto('indicators.definition').values(second).execute();
  await publish([`SITE-a1;${indicator};1990;60;5`, `SITE-b1;${indicator};1990;90;40`]);
  const figures = await db
    .selectFrom('indicators.figure')
    .select(['definition_version', 'value', 'suppressed'])
    .where('indicator_id', '=', indicator)
    .where('territory_id', '=', 'REG-84')
    .orderBy('definition_version')
    .execute();
  const results = await db
    .selectFrom('indicators.published_result')
    .select(['definition_version', 'subject_id', 'value', 'suppressed'])
    .where('indicator_id', '=', indicator)
    .orderBy('definition_version')
    .orderBy('subject_id')
    .execute();
  expect(figures.map((row) => Object.values(row).join(' '))).toEqual(['1 58 ', '2  COMPLEMENTARY']);
  expect(results.map((row) => Object.values(row).join(' '))).toEqual([
    '1 SITE-a1  COMPLEMENTARY',
    '1 SITE-a2  COMPLEMENTARY',
    '2 SITE-a1  SMALL_SAMPLE',
    '2 SITE-b1 90 ',
  ]);
});
