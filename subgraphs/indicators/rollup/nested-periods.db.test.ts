import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { rollbackImport } from '../../../kernel/import/rollback.ts';
import { importText, problemsOf } from '../fixtures/import-text.ts';
import { inPlace, POINTS, pointsDatabase } from '../fixtures/points.ts';
import { NETWORK as POINTS_NETWORK } from '../fixtures/published-points.ts';
import { SMALL_COUNTRY } from '../fixtures/small-country.ts';
import {
  type Answers,
  INDICATOR,
  MEASURE,
  PERIODS,
  type PeriodKey,
  quartersOf,
  restOf,
  rowsOf,
  type Survey,
  size,
  surveys,
  TOTALS,
} from '../fixtures/yearly-surveys.ts';
import { networkResults } from '../import/network-results.merge.ts';
import type { IndicatorsTables } from '../tables.ts';
import { determined, inverse, type Sum } from './determined.ts';
import { type RawResult, recompute } from './oracle.ts';

/**
 * A year beside its quarters, of units that publish all of them or some, in the same way or not, with totals that the
 * source added up itself. A reader has all of it and knows that a year is the sum of its quarters.
 */
const database = await pointsDatabase();
const db = database.connect<IndicatorsTables>('indicators', 'public');

const HEADER =
  'reseau;code_sp_structure;site;territoire;indicateur;periode;valeur;tres;plutot;plutot_pas;pas_du_tout';
const lineOf = (network: string, period: string, row: RawResult) => {
  const at = (kind: string) => (row.subject.startsWith(kind) ? row.subject : '');
  const territory = /^(STR|SITE)-/.test(row.subject) ? '' : row.subject;
  const values = [row.value ?? '', ...(row.answers ?? ['', '', '', ''])];
  return [network, at('STR-'), at('SITE-'), territory, INDICATOR, period, ...values].join(';');
};

let years = 1000;
const nextYear = () => {
  years += 1;
  return String(years);
};
const labelOf = (year: string, period: PeriodKey) => (period === 'Y' ? year : `${year}-${period}`);
async function send(dated: readonly { survey: Survey; year: string }[], periods: readonly PeriodKey[]) {
  const lines = dated.flatMap(({ survey, year }) =>
    periods.flatMap((period) =>
      rowsOf(survey, period).map((row) => lineOf(survey.network, labelOf(year, period), row)),
    ),
  );
  if (lines.length === 0) return null;
  const report = await importText(database.url, networkResults, [HEADER, ...lines].join('\n'));
  expect(problemsOf(report)).toEqual([]);
  return report;
}

/** A result, or a figure of a territory or by setting. */
interface Row {
  what: 'RESULT' | 'TERRITORY' | 'SETTING';
  id: string;
  typology: string;
  period: PeriodKey;
  basis: string;
  suppressed: string | null;
}

async function stored(network: string, year: string): Promise<Row[]> {
  const { rows } = await sql<Row>`
    with given as (
      select 'RESULT' as what, subject_id as id, '' as typology, network_id, indicator_id, period_start, period_grain,
             'PUBLISHED' as basis, suppressed from indicators.published_result
      union all
      select 'TERRITORY', territory_id, typology_id, network_id, indicator_id, period_start, period_grain, basis,
             suppressed from indicators.figure
      union all
      select 'SETTING', place, '', network_id, indicator_id, period_start, period_grain, basis, suppressed
        from indicators.setting_figure)
    select what, id, typology, basis, suppressed,
           case period_grain when 'YEAR' then 'Y' else to_char(period_start, '"T"Q') end as period
      from given
     where network_id = ${network} and indicator_id = ${INDICATOR}
       and extract(year from period_start) = ${Number(year)}`.execute(db);
  return rows;
}

/** What is withheld of a year, for comparing two. */
const withheldOf = async (network: string, year: string): Promise<string[]> =>
  (await stored(network, year))
    .filter(({ what, suppressed }) => what !== 'SETTING' && suppressed !== null)
    .map(({ id, typology, period, suppressed }) =>
      [period, id, typology, suppressed].filter(Boolean).join(' '),
    )
    .sort();

/** The units that a figure is made of. */
function partsOf(survey: Survey, figure: Row): string[] {
  const rows = rowsOf(survey, figure.period);
  if (survey.network === POINTS_NETWORK) {
    const isThere =
      figure.what === 'SETTING'
        ? inPlace(figure.id)
        : ({ departement, region }: (typeof POINTS)[number]) =>
            [departement, region, 'FR'].some((id) => id === figure.id);
    const there = POINTS.filter(isThere).map(({ id }) => id);
    return rows.map(({ subject }) => subject).filter((id) => there.includes(id));
  }
  const parts = recompute(SMALL_COUNTRY, survey.network, MEASURE, rows).figures.get(figure.id)?.parts ?? [];
  if (figure.typology === '') return parts;
  const typed = SMALL_COUNTRY.structures.filter(({ typology }) => typology === figure.typology);
  return parts.filter((id) => typed.some((structure) => structure.id === id));
}

/** Unknowns and what a reader knows of them: `unit|quarter`, and `unit|rest` for what no quarter holds. */
async function knowledgeOf(survey: Survey, year: string) {
  const sums: Sum[] = [];
  const targets: string[] = [];
  const rows = await stored(survey.network, year);
  const results = rows.filter(({ what }) => what === 'RESULT');
  const figures = rows.filter(({ what }) => what !== 'RESULT');
  const sizeOf = new Map<string, number>();
  for (const unit of survey.units) {
    for (const quarter of quartersOf(survey, unit))
      sizeOf.set(`${unit.subject}|${quarter.key}`, size(quarter.answers));
    const rest = restOf(survey, unit);
    if (rest) sizeOf.set(`${unit.subject}|rest`, size(rest));
  }
  const termsOf = (subject: string, period: PeriodKey) =>
    [...sizeOf.keys()].filter((term) =>
      period === 'Y' ? term.startsWith(`${subject}|`) : term === `${subject}|${period}`,
    );
  /** A sum of units of a period: each by its answers, or each once. */
  const sumOf = (subjects: readonly string[], period: PeriodKey, plain = false): Map<string, number> =>
    new Map(
      subjects.flatMap((subject) => {
        const terms = termsOf(subject, period);
        const all = terms.reduce((sum, term) => sum + (sizeOf.get(term) ?? 0), 0);
        const share = plain ? Number(inverse(BigInt(all || 1))) : 1;
        return terms.map((term): [string, number] => [term, (sizeOf.get(term) ?? 0) * share]);
      }),
    );
  const shown = new Set<string>();
  for (const { id, period, suppressed } of results) {
    const isUnit = survey.units.some(({ subject }) => subject === id);
    if (suppressed === null) {
      if (isUnit) shown.add(`${id}|${period}`);
      const given = rowsOf(survey, period).map(({ subject }) => subject);
      const below = TOTALS[survey.network]?.[id] ?? [];
      sums.push(sumOf(isUnit ? [id] : below.filter((unit) => given.includes(unit)), period));
    } else if (isUnit && (period !== 'Y' || suppressed === 'SMALL_SAMPLE')) targets.push(`${id}|${period}`);
  }
  for (const figure of figures) {
    if (figure.suppressed !== null || figure.basis === 'PUBLISHED') continue;
    sums.push(sumOf(partsOf(survey, figure), figure.period, figure.basis === 'COMPUTED_UNWEIGHTED'));
  }
  // What a year adds up to is one more unknown: what it is of others, and minus itself, is nothing.
  const yearly = targets.filter((target) => target.endsWith('|Y'));
  for (const target of yearly) {
    const subject = target.slice(0, -2);
    sums.push(new Map([...sumOf([subject], 'Y'), [target, -1]]));
  }
  const unknowns = [...new Set([...sizeOf.keys(), ...yearly])].filter((term) => !shown.has(term));
  const found = determined(unknowns, sums);
  const years = results.filter((row) => row.period === 'Y');
  return {
    leaked: found.filter((term) => targets.includes(term)),
    withheld: targets.length,
    shownYears: years.filter(({ suppressed }) => suppressed === null).length,
    nation: figures.some(
      ({ period, id, suppressed }) => period === 'Y' && id === 'FR' && suppressed === null,
    ),
  };
}

test('what a quarter withholds is not found in the year beside the other quarters, in whatever order they come', async () => {
  let [withheld, years, nations] = [0, 0, 0];
  await fc.assert(
    fc.asyncProperty(fc.array(surveys, { minLength: 8, maxLength: 8 }), async (chosen) => {
      const dated = chosen.map((survey) => ({ survey, year: nextYear() }));
      const order = chosen[0]?.order ?? PERIODS;
      if (chosen[0]?.atOnce) await send(dated, PERIODS);
      else for (const period of order) await send(dated, [period]);
      for (const { survey, year } of dated) {
        const known = await knowledgeOf(survey, year);
        expect(known.leaked).toEqual([]);
        withheld += known.withheld;
        years += known.shownYears;
        nations += Number(known.nation);
      }
    }),
    // Each attempt is up to five imports of eight surveys: no shrinking, it would take minutes.
    { numRuns: 5, endOnFailure: true },
  );
  expect(withheld).toBeGreaterThan(60);
  // Withholding is not all there is.
  expect(years).toBeGreaterThan(20);
  expect(nations).toBeGreaterThan(0);
}, 240_000);

const sites = (...several: readonly [string, [Answers, Answers, Answers, Answers]][]): Survey => ({
  network: 'NET-agences',
  whole: true,
  units: several.map(([subject, quarters]) => ({
    subject: `SITE-${subject}`,
    quarters,
    published: [true, true, true, true, true],
    yearly: false,
    more: false,
    bare: false,
  })),
  totals: [],
  order: [...PERIODS],
  atOnce: false,
});
const BARE = { value: null, numerator: null, denominator: null, respondents: null };
const LARGE: Answers = [9, 8, 7, 9];
const LARGER: Answers = [19, 18, 7, 9];
const SMALL: Answers = [2, 1, 3, 1];
const SURVEY = sites(
  ['b1', [LARGE, SMALL, LARGE, LARGE]],
  ['b2', [LARGE, LARGE, LARGE, LARGER]],
  ['b3', [LARGER, LARGER, LARGER, LARGER]],
);

test('one quarter of few answers: its year is withheld with it, and that of the one withheld beside it', async () => {
  const year = nextYear();
  const dated = [{ survey: SURVEY, year }];
  for (const period of PERIODS) await send(dated, [period]);
  expect(await withheldOf('NET-agences', year)).toEqual([
    'T2 SITE-b1 SMALL_SAMPLE',
    'T2 SITE-b2 COMPLEMENTARY',
    'Y SITE-b1 COMPLEMENTARY',
    'Y SITE-b2 COMPLEMENTARY',
  ]);
  expect((await knowledgeOf(SURVEY, year)).leaked).toEqual([]);
});

test('the same is withheld in whatever order periods come, and nothing more once the quarter is corrected or rolled back', async () => {
  const orders: (readonly PeriodKey[])[] = [
    ['Y', 'T2', 'T1', 'T3', 'T4'],
    ['T1', 'T3', 'T4', 'Y', 'T2'],
  ];
  const right = nextYear();
  await send([{ survey: SURVEY, year: right }], PERIODS);
  const expected = await withheldOf('NET-agences', right);
  for (const order of orders) {
    const year = nextYear();
    for (const period of order) await send([{ survey: SURVEY, year }], [period]);
    expect(await withheldOf('NET-agences', year)).toEqual(expected);
  }
  const corrected = sites(['b1', [LARGE, LARGE, LARGE, LARGE]]);
  await send([{ survey: corrected, year: right }], ['T2']);
  expect(await withheldOf('NET-agences', right)).toEqual([]);

  const year = nextYear();
  for (const period of ['T1', 'T3', 'T4', 'Y'] as const) await send([{ survey: SURVEY, year }], [period]);
  const before = await withheldOf('NET-agences', year);
  const report = await send([{ survey: SURVEY, year }], ['T2']);
  expect(await withheldOf('NET-agences', year)).toEqual(expected);
  const feeds = new Map([[networkResults.name, networkResults]]);
  await rollbackImport(feeds, 'indicators', report?.importId ?? '', { databaseUrl: database.url });
  expect(await withheldOf('NET-agences', year)).toEqual(before);
});

test('a month is withheld in its quarter, its half-year and its year, of either indicator of the question', async () => {
  const year = nextYear();
  const row = (subject: string, answers: Answers, period: string, indicator = INDICATOR) =>
    lineOf('NET-agences', period, { ...BARE, subject, answers: [...answers] }).replace(INDICATOR, indicator);
  const months = ['01', '02', '03'].flatMap((month) => [
    row('SITE-b1', month === '02' ? SMALL : LARGE, `${year}-${month}`),
    row('SITE-b2', LARGE, `${year}-${month}`),
    row('SITE-b3', LARGER, `${year}-${month}`),
  ]);
  const longer = [`${year}-T1`, `${year}-S1`, year].flatMap((period) =>
    ['b1', 'b2', 'b3'].map((site) => row(`SITE-${site}`, LARGER, period, 'IND-SATISFACTION_NETTE')),
  );
  for (const lines of [longer, months]) {
    const report = await importText(database.url, networkResults, [HEADER, ...lines].join('\n'));
    expect(problemsOf(report)).toEqual([]);
  }
  const { rows } = await sql`
    select period_grain as grain, subject_id as site from indicators.published_result
     where suppressed is not null and extract(year from period_start) = ${Number(year)} order by 1, 2`.execute(
    db,
  );
  const both = ['SITE-b1', 'SITE-b2'];
  expect(rows).toEqual(
    ['MONTH', 'QUARTER', 'SEMESTER', 'YEAR'].flatMap((grain) => both.map((site) => ({ grain, site }))),
  );
});
