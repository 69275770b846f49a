import Big from 'big.js';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../../test/kit/database.ts';
import { importText, problemsOf } from '../fixtures/import-text.ts';
import { buildSmallCountry, SMALL_COUNTRY } from '../fixtures/small-country.ts';
import { networkResults } from '../import/network-results.merge.ts';
import type { IndicatorsTables } from '../tables.ts';
import { determined } from './determined.ts';
import { fewest, type Measure, type RawResult, recompute } from './oracle.ts';

const THRESHOLD = 11;
const database = await testDatabase();
const db = database.connect<IndicatorsTables>('indicators', 'public');
beforeAll(() => buildSmallCountry(database));

const MEASURES: Record<string, Measure> = {
  'IND-SATISFACTION': { unit: 'PERCENT', formula: 'FAVOURABLE' },
  'IND-SATISFACTION_NETTE': { unit: 'POINTS', formula: 'NET' },
  'IND-TAUX_DECROCHE': { unit: 'PERCENT', formula: 'RATIO' },
  'IND-TEST-DELAI': { unit: 'MINUTES', formula: 'MEAN' },
  'IND-TEST-NOMBRE': { unit: 'COUNT', formula: 'SUM' },
};
const TERRITORIES = ['FR', 'REG-32', 'REG-84', ...Object.keys(SMALL_COUNTRY.departements)];
const FAMILIES: readonly (readonly [string, readonly string[]])[] = [
  ['FR', ['REG-32', 'REG-84']],
  ['REG-32', ['DEP-59', 'DEP-62']],
  ['REG-84', ['DEP-01', 'DEP-38']],
];
const subjectsOf = (network: string) => [
  ...[...SMALL_COUNTRY.sites, ...SMALL_COUNTRY.structures]
    .filter((place) => place.network === network)
    .map(({ id }) => id),
  ...TERRITORIES,
];

const tenths = (most: number) =>
  fc.integer({ min: 0, max: most * 10 }).map((tenth) => (tenth / 10).toFixed(1));
const nothing = { value: null, numerator: null, denominator: null, respondents: null, answers: null };
const KINDS = ['value', 'ratio', 'respondents', 'answers'] as const;

/** A result of one kind; kinds that an indicator cannot have fall back on the plain value. */
function resultOf(subject: string, kind: (typeof KINDS)[number], { unit, formula }: Measure) {
  const value = tenths(unit === 'PERCENT' || unit === 'POINTS' ? 100 : 900);
  const answers = formula === 'FAVOURABLE' || formula === 'NET';
  if (kind === 'answers' && answers) {
    const some = fc.integer({ min: 0, max: 9 });
    return fc
      .tuple(some, some, some, fc.integer({ min: 1, max: 9 }))
      .map((four): RawResult => ({ ...nothing, subject, answers: four }));
  }
  if (kind === 'ratio' && unit !== 'COUNT') {
    return fc.tuple(fc.integer({ min: 1, max: 997 }), fc.integer({ min: 0, max: 997 })).map(
      ([denominator, part]): RawResult => ({
        ...nothing,
        subject,
        numerator: String(part % (denominator + 1)),
        denominator: String(denominator),
      }),
    );
  }
  if (kind === 'respondents') {
    return fc
      .tuple(value, fc.integer({ min: 1, max: 40 }))
      .map(([given, respondents]): RawResult => ({ ...nothing, subject, value: given, respondents }));
  }
  return value.map((given): RawResult => ({ ...nothing, subject, value: given }));
}

const publications = fc
  .record({
    network: fc.constantFrom(...Object.keys(SMALL_COUNTRY.networks)),
    // Rates from few answers twice as often: most of what can go wrong is about them.
    indicator: fc.constantFrom(...Object.keys(MEASURES), 'IND-SATISFACTION', 'IND-SATISFACTION'),
    // Undefined: each result is of its own kind.
    kind: fc.constantFrom(...KINDS, 'answers' as const, 'answers' as const, undefined),
    territories: fc.boolean(),
  })
  .chain(({ network, indicator, kind, territories }) => {
    const measure = MEASURES[indicator];
    if (measure === undefined) throw new Error(indicator);
    const subjects = subjectsOf(network).filter((id) => territories || !TERRITORIES.includes(id));
    return fc
      .subarray(subjects, { minLength: 1 })
      .chain((chosen) =>
        fc.tuple(
          ...chosen.map((subject) =>
            fc.constantFrom(...KINDS).chain((own) => resultOf(subject, kind ?? own, measure)),
          ),
        ),
      )
      .map((rows) => ({ network, indicator, measure, rows }));
  });

const HEADER =
  'reseau;code_sp_structure;site;territoire;indicateur;periode;valeur;numerateur;denominateur;repondants;tres;plutot;plutot_pas;pas_du_tout';
const lineOf = (network: string, indicator: string, period: string, row: RawResult) => {
  const kind = row.subject.startsWith('STR-') ? 0 : row.subject.startsWith('SITE-') ? 1 : 2;
  const subject = [0, 1, 2].map((at) => (at === kind ? row.subject : ''));
  const parts = [
    row.value,
    row.numerator,
    row.denominator,
    row.respondents,
    ...(row.answers ?? ['', '', '', '']),
  ];
  return [network, ...subject, indicator, period, ...parts.map((part) => part ?? '')].join(';');
};

const storedFigures = (network: string, indicator: string, start: string) =>
  db
    .selectFrom('indicators.figure')
    .select(['territory_id', 'typology_id', 'value', 'basis', 'suppressed', 'numerator', 'denominator'])
    .select(['respondents', 'very_favourable', 'favourable', 'unfavourable', 'very_unfavourable'])
    .select(['publishing', 'expected'])
    .where('network_id', '=', network)
    .where('indicator_id', '=', indicator)
    .where('period_start', '=', start)
    .orderBy('territory_id')
    .execute();

const storedResults = (network: string, indicator: string, start: string) =>
  db
    .selectFrom('indicators.published_result')
    .select(['subject_id', 'value', 'suppressed', 'is_unit', 'respondents'])
    .where('network_id', '=', network)
    .where('indicator_id', '=', indicator)
    .where('period_start', '=', start)
    .execute();

type Publication = typeof publications extends fc.Arbitrary<infer P> ? P : never;

let months = 1500 * 12;
/** A month that no other publication of this file has. */
const nextPeriod = () => {
  months += 1;
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`;
};

/** Imports publications of a month each in one file, then reads each of them back. */
async function publishAll(several: readonly Publication[]) {
  const dated = several.map((publication) => ({ ...publication, period: nextPeriod() }));
  const lines = dated.flatMap(({ network, indicator, period, rows }) =>
    rows.map((row) => lineOf(network, indicator, period, row)),
  );
  const report = await importText(database.url, networkResults, [HEADER, ...lines].join('\n'));
  expect(problemsOf(report)).toEqual([]);
  expect(report).toMatchObject({ state: 'PUBLISHED', merge: { inserted: lines.length } });
  return Promise.all(
    dated.map(async ({ network, indicator, measure, rows, period }) => ({
      network,
      measure,
      oracle: recompute(SMALL_COUNTRY, network, measure, rows),
      figures: await storedFigures(network, indicator, `${period}-01`),
      results: await storedResults(network, indicator, `${period}-01`),
    })),
  );
}

type Published = Awaited<ReturnType<typeof publishAll>>[number];

function compareFigures({ measure, oracle, figures }: Published): void {
  const whole = figures.filter(({ typology_id }) => typology_id === '');
  expect(whole.map(({ territory_id }) => territory_id).sort()).toEqual([...oracle.figures.keys()].sort());
  for (const stored of whole) {
    const right = oracle.figures.get(stored.territory_id);
    if (right === undefined) throw new Error(stored.territory_id);
    const rate = measure.unit === 'PERCENT' || measure.unit === 'POINTS';
    const shown = stored.suppressed === null;
    expect(stored.suppressed === 'SMALL_SAMPLE').toBe(rate && fewest(right, measure) < THRESHOLD);
    const answers = [
      stored.very_favourable,
      stored.favourable,
      stored.unfavourable,
      stored.very_unfavourable,
    ];
    expect({ ...stored, answers }).toMatchObject({
      basis: right.basis,
      publishing: right.publishing,
      expected: right.expected,
      respondents: shown ? right.respondents : null,
      value: shown ? right.value : null,
      numerator: shown ? right.numerator : null,
      denominator: shown ? right.denominator : null,
      answers: shown && right.answers !== null ? right.answers : [null, null, null, null],
    });
  }
}

function compareUnits({ oracle, results }: Published): void {
  const units = results.filter((result) => result.is_unit).map(({ subject_id }) => subject_id);
  expect(units.sort()).toEqual(oracle.units.toSorted());
  for (const result of results) {
    const right = oracle.rows.find(({ subject }) => subject === result.subject_id);
    expect(result.value).toBe(result.suppressed === null ? right?.value : null);
  }
}

/** The sum of the children is the parent, where the parent is computed and all of them are shown or absent. */
function compareSums({ oracle, figures }: Published): number {
  let compared = 0;
  for (const [parent, children] of FAMILIES) {
    const above = figures.find((row) => row.territory_id === parent && row.typology_id === '');
    const below = figures.filter((row) => children.includes(row.territory_id) && row.typology_id === '');
    const level = parent === 'FR' ? 3 : 2;
    if (above === undefined || oracle.unitLevel >= level) continue;
    const placed = children.map((child) => oracle.coverage(child));
    const apart = parent === 'FR' ? oracle.unplaced : { publishing: 0, expected: 0 };
    for (const key of ['publishing', 'expected'] as const) {
      expect(above[key]).toBe(placed.reduce((total, child) => total + child[key], apart[key]));
    }
    const computed = [above, ...below].every(
      (row) => row.basis === 'COMPUTED_WEIGHTED' && row.suppressed === null,
    );
    if (!computed || apart.publishing > 0 || above.denominator === null) continue;
    compared += 1;
    for (const key of ['numerator', 'denominator', 'respondents'] as const) {
      if (above[key] === null) continue;
      const total = below.reduce((sum, row) => sum.plus(row[key] ?? 'missing'), new Big(0));
      expect(total.toFixed()).toBe(new Big(above[key]).toFixed());
    }
  }
  return compared;
}

/** Withheld units, of which none may be worked out from the units and figures that are shown. */
function compareWithheld({ oracle, figures, results }: Published): number {
  const hidden = results.filter((row) => row.is_unit && row.suppressed !== null).map((row) => row.subject_id);
  const sums = figures
    .filter(({ suppressed, basis }) => suppressed === null && basis !== 'PUBLISHED')
    .map(({ territory_id, typology_id, basis, numerator }) => {
      const parts = (oracle.figures.get(territory_id)?.parts ?? []).filter(
        (part) =>
          typology_id === '' ||
          SMALL_COUNTRY.structures.find(({ id }) => id === part)?.typology === typology_id,
      );
      const weight = (part: string) => {
        const row = oracle.rows.find(({ subject }) => subject === part);
        if (basis === 'COMPUTED_UNWEIGHTED') return 1;
        return Number(numerator === null ? row?.respondents : row?.denominator);
      };
      return new Map(parts.map((part) => [part, weight(part)]));
    });
  expect(determined(hidden, sums)).toEqual([]);
  return hidden.length;
}

test('figures agree at every level with a recomputation in exact decimals; nothing withheld leaks', async () => {
  let sums = 0;
  let withheld = 0;
  const several = fc.array(publications, { minLength: 12, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(several, async (chosen) => {
      for (const published of await publishAll(chosen)) {
        compareFigures(published);
        compareUnits(published);
        sums += compareSums(published);
        withheld += compareWithheld(published);
      }
    }),
    // Each attempt is an import of twelve publications: no shrinking, it would take minutes.
    { numRuns: 25, endOnFailure: true },
  );
  expect(sums).toBeGreaterThan(20);
  expect(withheld).toBeGreaterThan(50);
}, 120_000);

const of = (subject: string, answers: RawResult['answers']): RawResult => ({ ...nothing, subject, answers });

test.each<[string, RawResult[]]>([
  [
    'without the rest of the only région with units',
    [
      of('SITE-a1', [3, 1, 2, 4]),
      of('SITE-b2', [2, 4, 1, 8]),
      of('SITE-b3', [9, 1, 7, 8]),
      // Published as such, by too few: nothing of it is a sum of the sites above.
      of('REG-84', [5, 1, 0, 4]),
      of('REG-32', [0, 9, 0, 4]),
    ],
  ],
  [
    'without the one unit that stands in no territory',
    [of('SITE-d1', [1, 2, 1, 6]), of('SITE-lost', [6, 9, 3, 1])],
  ],
])('a withheld value is not the nation %s', async (_case, rows) => {
  const indicator = 'IND-SATISFACTION';
  const measure = MEASURES[indicator];
  if (measure === undefined) throw new Error(indicator);
  for (const published of await publishAll([{ network: 'NET-agences', indicator, measure, rows }])) {
    compareFigures(published);
    expect(compareWithheld(published)).toBe(2);
  }
});
