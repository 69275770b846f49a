import { Big } from 'big.js';
import { beforeAll, expect, test } from 'vitest';
import { asking } from '../../../test/kit/ask.ts';
import { countStatements } from '../../../test/kit/statements.ts';
import { on, seededDatabase } from '../fixtures/ask.ts';
import { importText } from '../fixtures/import-text.ts';
import { MANY_SITES } from '../fixtures/places.ts';
import { TODAY } from '../fixtures/seed.ts';
import { networkResults } from '../import/network-results.merge.ts';
import { openIndicators } from '../server.ts';

const database = await seededDatabase();
const { ask } = asking(await openIndicators({ statementTimeoutMs: 8000 }, database.url, () => TODAY));

// What the seed has not: units that say how many answered and nothing else.
beforeAll(async () => {
  const rows = MANY_SITES.slice(0, 9).map(
    (site, index) => `crous;${site};IND-EFFORT;2024;${60 + index}.5;${20 + 3 * index}`,
  );
  const header = 'reseau;site;indicateur;periode;valeur;repondants';
  await importText(database.url, networkResults, [header, ...rows].join('\n'));
});

const UNIT =
  'site { id } structure { id } territory { id } value numerator denominator respondents suppressed';
const EXPLAIN = `value suppressed basis unit explain { formula computation basis basisReason withoutCounts
  withoutRespondents rounding parts withheld missing threshold vintage noInterval countedOn { id }
  definition { version question } sources { file row }`;

interface Unit {
  value: number | null;
  numerator: number | null;
  denominator: number | null;
  respondents: number | null;
  suppressed: string | null;
}

const figureOf = async (network: string, indicator: string, territory: string, more: string) => {
  const field = `figure(indicator: "${indicator}", territory: "${territory}") { ${EXPLAIN} ${more} } }`;
  const { data, errors } = await ask(on('Network', network, field));
  expect(errors).toBeUndefined();
  return data._entities[0].figure;
};

/** A figure with all of its units, read seven at a time. */
async function audited(network: string, indicator: string, territory: string) {
  const units: Unit[] = [];
  let after: string | null = null;
  for (;;) {
    const slice: string = after === null ? 'first: 7' : `first: 7, after: "${after}"`;
    const figure = await figureOf(
      network,
      indicator,
      territory,
      `units(${slice}) { totalCount nodes { ${UNIT} } pageInfo { hasNextPage endCursor } }`,
    );
    if (figure === null) return null;
    const { nodes, pageInfo, totalCount } = figure.explain.units;
    units.push(...nodes);
    if (!pageInfo.hasNextPage) {
      expect(units).toHaveLength(totalCount);
      return { figure, units };
    }
    after = pageInfo.endCursor;
  }
}

/** The value as the rules say it, from what `explain` returns alone. */
function recomputed(figure: { unit: string; explain: { basisReason: string } }, units: readonly Unit[]) {
  const sum = (value: (unit: Unit) => Big | number) =>
    units.reduce((total, unit) => total.plus(value(unit)), new Big(0));
  const known = (value: number | null) => new Big(value ?? 'missing');
  const over = (dividend: Big, divisor: Big | number) => {
    const Wide = Big();
    Wide.DP = 40;
    return new Wide(dividend).div(divisor).round(6, Big.roundHalfUp).toFixed();
  };
  const factor = figure.unit === 'PERCENT' || figure.unit === 'POINTS' ? 100 : 1;
  switch (figure.explain.basisReason) {
    case 'ALL_HAVE_COUNTS':
      return over(
        sum((unit) => known(unit.numerator)).times(factor),
        sum((unit) => known(unit.denominator)),
      );
    case 'ALL_HAVE_RESPONDENTS':
      return over(
        sum((unit) => known(unit.value).times(known(unit.respondents))),
        sum((unit) => known(unit.respondents)),
      );
    case 'NOT_ALL_HAVE_WEIGHTS':
      return over(
        sum((unit) => known(unit.value)),
        units.length,
      );
    case 'COUNTS_ARE_ADDED':
      return sum((unit) => known(unit.value)).toFixed();
    default:
      return known(units[0]?.value ?? null).toFixed();
  }
}

test('a figure is computed again from what it explains, at every level and on every basis, to the digit', async () => {
  const reasons = new Map<string, number>();
  for (const [network, indicator] of [
    ['NET-crous', 'IND-SATISFACTION'],
    ['NET-crous', 'IND-EFFORT'],
    ['NET-crous', 'IND-TAUX_DECROCHE'],
    ['NET-france-travail', 'IND-SATISFACTION'],
    ['NET-caf', 'IND-SATISFACTION'],
    ['NET-police', 'IND-DELAI-POLICE'],
    ['NET-ants', 'IND-SATISFACTION'],
  ] as const) {
    for (const territory of ['FR', 'REG-32', 'REG-84', 'DEP-01', 'DEP-38', 'DEP-59', 'DEP-62']) {
      const found = await audited(network, indicator, territory);
      if (found === null) continue;
      const { figure, units } = found;
      expect(units.every(({ suppressed }) => suppressed === null)).toBe(true);
      const value = new Big(figure.value).toFixed();
      expect([network, indicator, territory, recomputed(figure, units)]).toEqual([
        network,
        indicator,
        territory,
        value,
      ]);
      expect(figure.explain.computation.startsWith('published as ')).toBe(figure.basis === 'PUBLISHED');
      expect(figure.explain.computation).toContain(value);
      expect(figure.explain.parts).toBe(figure.basis === 'PUBLISHED' ? 0 : units.length);
      const level = territory.slice(0, 2);
      const key = `${figure.basis} ${figure.explain.basisReason} ${level}`;
      reasons.set(key, (reasons.get(key) ?? 0) + 1);
    }
  }
  expect([...reasons.keys()].sort()).toEqual([
    'COMPUTED_UNWEIGHTED NOT_ALL_HAVE_WEIGHTS DE',
    'COMPUTED_UNWEIGHTED NOT_ALL_HAVE_WEIGHTS FR',
    'COMPUTED_UNWEIGHTED NOT_ALL_HAVE_WEIGHTS RE',
    'COMPUTED_WEIGHTED ALL_HAVE_COUNTS DE',
    'COMPUTED_WEIGHTED ALL_HAVE_COUNTS FR',
    'COMPUTED_WEIGHTED ALL_HAVE_COUNTS RE',
    'COMPUTED_WEIGHTED ALL_HAVE_RESPONDENTS DE',
    'COMPUTED_WEIGHTED ALL_HAVE_RESPONDENTS FR',
    'COMPUTED_WEIGHTED ALL_HAVE_RESPONDENTS RE',
    'PUBLISHED PUBLISHED_AT_LEVEL DE',
    'PUBLISHED PUBLISHED_AT_LEVEL FR',
  ]);
});

test('how the numbers of an audit are said', async () => {
  const site = await figureOf('NET-crous', 'IND-SATISFACTION', 'DEP-62', '');
  expect(site.explain).toMatchObject({
    computation: '100 × 900 / 1200 = 75',
    basisReason: 'ALL_HAVE_COUNTS',
    withoutCounts: 0,
    rounding: 'Computed exactly, then rounded once, half away from zero, to six decimals.',
    missing: 0,
    threshold: 11,
    vintage: 2026,
    noInterval: null,
    countedOn: [{ id: 'NET-crous' }],
    definition: { version: 1, question: expect.stringContaining('satisfait') },
  });
  const plain = await figureOf('NET-france-travail', 'IND-SATISFACTION', 'FR', '');
  expect(plain.explain).toMatchObject({
    computation: '153.25 / 2 = 76.625',
    basisReason: 'NOT_ALL_HAVE_WEIGHTS',
    withoutCounts: 2,
    withoutRespondents: 2,
    missing: 4,
    noInterval: 'COUNTS_UNKNOWN',
  });
  const weighted = await figureOf('NET-crous', 'IND-EFFORT', 'FR', '');
  expect(weighted.explain.computation).toBe('18756 / 288 = 65.125');
  const former = await figureOf('NET-pole-emploi', 'IND-PE-SATISFACTION', 'FR', '');
  expect(former.explain).toMatchObject({
    computation: 'published as 75.4',
    basisReason: 'PUBLISHED_AT_LEVEL',
    countedOn: [{ id: 'NET-pole-emploi' }, { id: 'NET-france-travail' }],
  });
});

test('withheld units are there, without anything that tells them', async () => {
  const found = await audited('NET-police', 'IND-SATISFACTION', 'FR');
  expect(found?.units.map(({ suppressed }) => suppressed).sort()).toEqual(['COMPLEMENTARY', 'SMALL_SAMPLE']);
  for (const unit of found?.units ?? []) {
    expect(unit).toMatchObject({ value: null, numerator: null, denominator: null, respondents: null });
  }
  // No sum of the values shown: it would be nothing, or partial.
  expect(found?.figure.explain).toMatchObject({
    withheld: 2,
    computation: expect.stringContaining('sum of value × respondents over 2 units / 105'),
    withoutCounts: 0,
    withoutRespondents: 0,
  });
  const police = await figureOf('NET-police', 'IND-SATISFACTION', 'DEP-62', '');
  expect(police).toMatchObject({ value: null, suppressed: 'SMALL_SAMPLE' });
  expect(police.explain).toMatchObject({ computation: null, basisReason: null, noInterval: 'NO_VALUE' });
});

test('a page of explained figures costs the same, whatever their number', async () => {
  const count = async (level: string) => {
    const fields = `figures(indicator: "IND-SATISFACTION", level: ${level}) { nodes { ${EXPLAIN} units(first: 3) { totalCount nodes { value } } } } }`;
    const { result, statements } = await countStatements(() => ask(on('Network', 'NET-crous', fields)));
    expect(result.errors).toBeUndefined();
    return [result.data._entities[0].figures.nodes.length, statements.length];
  };
  expect([await count('NATIONAL'), await count('REGION'), await count('DEPARTEMENT')]).toEqual([
    [1, 7],
    [2, 7],
    [4, 7],
  ]);
});
