import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../../test/kit/database.ts';
import { importText, problemsOf } from '../fixtures/import-text.ts';
import { buildSmallCountry, SMALL_COUNTRY } from '../fixtures/small-country.ts';
import { networkResults } from '../import/network-results.merge.ts';
import type { IndicatorsTables } from '../tables.ts';
import { determined, type Sum } from './determined.ts';

/**
 * Answers that a network publishes at several levels at once: by site, by structure, by département, by région. Whatever
 * the level of its units, what is withheld at any level is not found from what is shown at any other.
 */
const database = await testDatabase();
const db = database.connect<IndicatorsTables>('indicators', 'public');
beforeAll(() => buildSmallCountry(database));

type Answers = readonly number[];
const PLUS = '+';
/** What each result is the sum of: sites, and what else a département or a région has that no site says. */
const WITHIN: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'NET-agences': {
    ...Object.fromEntries(sitesOf('NET-agences').map((id) => [id, [id]])),
    'STR-pair': ['SITE-b1', 'SITE-b2'],
    'STR-director': ['SITE-b1', 'SITE-b2', 'SITE-b3'],
    'DEP-01': ['SITE-a1', 'SITE-a2'],
    'DEP-38': ['SITE-b1', 'SITE-b2', 'SITE-b3'],
    'DEP-59': ['SITE-c1', PLUS],
    'DEP-62': ['SITE-d1', 'SITE-d2', 'SITE-d3'],
    'REG-84': ['SITE-a1', 'SITE-a2', 'SITE-b1', 'SITE-b2', 'SITE-b3'],
    'REG-32': ['SITE-c1', PLUS, 'SITE-d1', 'SITE-d2', 'SITE-d3'],
  },
  'NET-caisses': {
    ...Object.fromEntries(sitesOf('NET-caisses').map((id) => [id, [id]])),
    'STR-k1': ['SITE-k1', 'k1'],
    'STR-k2': ['k2'],
    'STR-k3a': ['k3a'],
    'STR-k3b': ['k3b'],
    'DEP-62': ['SITE-k4', 'SITE-k5'],
    'DEP-59': ['k3a', 'k3b'],
    'REG-84': ['SITE-k1', 'k1', 'k2'],
    'REG-32': ['SITE-k4', 'SITE-k5', 'k3a', 'k3b'],
  },
  'NET-regionales': {
    'DEP-01': ['1'],
    'DEP-38': ['38'],
    'STR-r84': ['1', '38'],
    'DEP-59': ['59'],
    'DEP-62': ['62'],
    'REG-32': ['59', '62'],
  },
};

function sitesOf(network: string): string[] {
  return SMALL_COUNTRY.sites
    .filter((site) => site.network === network && site.departement !== null)
    .map(({ id }) => id);
}

const PAIR = ['IND-SATISFACTION', 'IND-SATISFACTION_NETTE'] as const;
const count = fc.integer({ min: 0, max: 6 });
const answers = fc.tuple(count, count, count, fc.integer({ min: 1, max: 6 }));
const surveys = fc.constantFrom(...Object.keys(WITHIN)).chain((network) => {
  const subjects = Object.keys(WITHIN[network] ?? {});
  const atoms = [...new Set(Object.values(WITHIN[network] ?? {}).flat())];
  return fc.record({
    network: fc.constant(network),
    atoms: fc.tuple(...atoms.map((id) => answers.map((given): [string, Answers] => [id, given]))),
    // The rate of these, the net rate of those.
    published: fc.tuple(
      fc.subarray(subjects, { minLength: 1 }),
      fc.oneof(fc.constant<string[]>([]), fc.subarray(subjects)),
    ),
  });
});
type Survey = typeof surveys extends fc.Arbitrary<infer S> ? S : never;

const HEADER =
  'reseau;code_sp_structure;site;territoire;indicateur;periode;tres;plutot;plutot_pas;pas_du_tout';
let years = 1000;

function linesOf({ network, atoms, published }: Survey, year: string): string[] {
  const of = new Map(atoms);
  return PAIR.flatMap((indicator, which) =>
    (published[which] ?? []).map((id) => {
      const within = WITHIN[network]?.[id] ?? [];
      const sum = [0, 1, 2, 3].map((step) =>
        within.reduce((total, atom) => total + (of.get(atom)?.[step] ?? 0), 0),
      );
      const at = (kind: string) => (id.startsWith(kind) ? id : '');
      const territory = at('DEP-') || at('REG-');
      return [network, at('STR-'), at('SITE-'), territory, indicator, year, ...sum].join(';');
    }),
  );
}

/** What a reader may put together: each result and figure that is shown, as a sum of atoms; and what is withheld. */
async function knowledgeOf({ network, atoms }: Survey, year: string) {
  const here = { network_id: network, period_start: `${year}-01-01` };
  const results = await db
    .selectFrom('indicators.published_result')
    .select(['subject_id', 'indicator_id', 'is_unit', 'suppressed'])
    .where('network_id', '=', here.network_id)
    .where('period_start', '=', here.period_start)
    .execute();
  const figures = await db
    .selectFrom('indicators.figure')
    .select(['territory_id', 'indicator_id', 'basis'])
    .where('network_id', '=', here.network_id)
    .where('period_start', '=', here.period_start)
    .where('suppressed', 'is', null)
    .where('typology_id', '=', '')
    .execute();
  const sizes = new Map(atoms.map(([id, given]) => [id, given.reduce((sum, one) => sum + one, 0)]));
  const weighed = (ids: readonly string[]) => {
    const sum = new Map<string, number>();
    for (const id of ids) sum.set(id, (sum.get(id) ?? 0) + (sizes.get(id) ?? 0));
    return sum;
  };
  const within = (id: string) => WITHIN[network]?.[id] ?? [];
  const isIn = (id: string, territory: string) => territory === 'FR' || standingIn(id).includes(territory);
  const shown: Sum[] = results
    .filter(({ suppressed }) => suppressed === null)
    .map(({ subject_id }) => weighed(within(subject_id)));
  for (const { territory_id, indicator_id, basis } of figures) {
    if (basis === 'PUBLISHED') continue;
    const units = results.filter((row) => row.is_unit && row.indicator_id === indicator_id);
    const parts = units.filter(({ subject_id }) => isIn(subject_id, territory_id));
    shown.push(weighed(parts.flatMap(({ subject_id }) => within(subject_id))));
  }
  const hidden = results.filter(({ suppressed }) => suppressed !== null).map(({ subject_id }) => subject_id);
  // A withheld result is an unknown of its own, which its atoms add up to.
  const unknowns = [...new Set(hidden)].map((id) => `= ${id}`);
  const meant = unknowns.map((name) => weighed(within(name.slice(2))).set(name, PRIME - 1));
  const all = [...unknowns, ...sizes.keys()];
  // What was withheld to protect another may be found elsewhere, as long as the other is not.
  const small = new Set(
    results
      .filter(({ suppressed }) => suppressed === 'SMALL_SAMPLE')
      .map(({ subject_id }) => `= ${subject_id}`),
  );
  const found = determined(all, [...shown, ...meant]).filter((id) => small.has(id));
  return { found, hidden: hidden.length, shown: results.length - hidden.length };
}

/** One less than the prime that `determined` counts by: minus one. */
const PRIME = 1_000_003;

/** Territories that a result counts in, as the small country has it. */
function standingIn(id: string): string[] {
  const place = [...SMALL_COUNTRY.sites, ...SMALL_COUNTRY.structures].find((known) => known.id === id);
  const region = (departement: string | null) =>
    departement === null ? [] : [SMALL_COUNTRY.departements[departement] ?? ''];
  if (!place) return [id, ...(id.startsWith('DEP-') ? region(id) : [])];
  if ('level' in place && place.level === 'REGION') return [place.region ?? '', ...region(place.departement)];
  return [place.departement ?? '', place.region ?? ''];
}

test('what is withheld at one level is not found from another', async () => {
  let [hidden, shown] = [0, 0];
  await fc.assert(
    fc.asyncProperty(fc.array(surveys, { minLength: 16, maxLength: 16 }), async (chosen) => {
      const dated = chosen.map((survey) => {
        years += 1;
        return { survey, year: String(years) };
      });
      const lines = dated.flatMap(({ survey, year }) => linesOf(survey, year));
      const report = await importText(database.url, networkResults, [HEADER, ...lines].join('\n'));
      expect(problemsOf(report)).toEqual([]);
      for (const { survey, year } of dated) {
        const known = await knowledgeOf(survey, year);
        expect(known.found).toEqual([]);
        hidden += known.hidden;
        shown += known.shown;
      }
    }),
    { numRuns: 12, endOnFailure: true },
  );
  expect(hidden).toBeGreaterThan(100);
  // Withholding is not all there is.
  expect(shown).toBeGreaterThan(hidden / 2);
}, 240_000);
