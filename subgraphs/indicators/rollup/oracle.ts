import Big from 'big.js';
import type { SmallCountry, SmallStructure } from '../fixtures/small-country.ts';

/**
 * The rules of figures a second time, for tests only: from raw rows, in exact decimals, one territory after the
 * other and without any SQL. It shares no code with the roll-up.
 */
export interface RawResult {
  subject: string;
  /** Null: to be made from the parts. */
  value: string | null;
  numerator: string | null;
  denominator: string | null;
  respondents: number | null;
  /** Very favourable, favourable, unfavourable, very unfavourable. */
  answers: readonly [number, number, number, number] | null;
}

export interface Measure {
  unit: 'PERCENT' | 'POINTS' | 'MINUTES' | 'COUNT';
  formula: 'RATIO' | 'MEAN' | 'FAVOURABLE' | 'NET' | 'SUM';
}

export interface OracleFigure {
  value: string;
  basis: string;
  numerator: string | null;
  denominator: string | null;
  respondents: number | null;
  answers: number[] | null;
  publishing: number;
  expected: number;
  /** Subjects whose results it is made of; the one it was published as. */
  parts: string[];
  source: string | null;
}

const LEVELS = ['SITE', 'DEPARTEMENT', 'REGION', 'NATIONAL'];
const DIVISION = Big();
DIVISION.DP = 60;
const rounded = (dividend: Big, divisor: Big | number) =>
  new DIVISION(dividend).div(divisor).round(6, Big.roundHalfUp).toFixed();

/** A raw result with its blanks filled in from its answers, by the formula. */
export function complete(row: RawResult, { unit, formula }: Measure) {
  const [a = 0, b = 0, c = 0, d = 0] = row.answers ?? [];
  const fromAnswers = row.answers !== null && (formula === 'FAVOURABLE' || formula === 'NET');
  const numerator = row.numerator ?? (fromAnswers ? String(formula === 'NET' ? a + b - c - d : a + b) : null);
  const denominator = row.denominator ?? (fromAnswers ? String(a + b + c + d) : null);
  const respondents = row.respondents ?? (row.answers === null ? null : a + b + c + d);
  const value =
    row.value ??
    rounded(
      new Big(numerator ?? 'none').times(unit === 'PERCENT' || unit === 'POINTS' ? 100 : 1),
      new Big(denominator ?? 'none'),
    );
  // 78.50 and 78.5 are one value, written the short way.
  return { ...row, numerator, denominator, respondents, value: new Big(value).toFixed() };
}

export type Completed = ReturnType<typeof complete>;
type Territory = 'FR' | string;

/** Figures of every territory by id, and the subjects that are units of publication. */
export function recompute(
  country: SmallCountry,
  network: string,
  measure: Measure,
  raw: readonly RawResult[],
) {
  const finest = LEVELS.indexOf(country.networks[network] ?? 'SITE');
  const rows = raw.map((row) => complete(row, measure));
  const structureOf = (id: string) => country.structures.find((structure) => structure.id === id);
  const levelOf = (id: string) =>
    id.startsWith('SITE-')
      ? 0
      : id.startsWith('STR-')
        ? LEVELS.indexOf(structureOf(id)?.level ?? '')
        : id === 'FR'
          ? 3
          : id.startsWith('REG-')
            ? 2
            : 1;
  const below = (id: string): string[] => [
    ...(structureOf(id)?.sites ?? []),
    ...country.structures
      .filter(({ parent }) => parent === id)
      .flatMap((child) => [child.id, ...below(child.id)]),
  ];
  /** Territory of a level that an unit or a structure counts in; null where it counts in none. */
  const placeOf = (id: string, level: number): Territory | null => {
    if (level === 3) return 'FR';
    if (levelOf(id) > level) return null;
    if (id.startsWith('DEP-')) return level === 1 ? id : (country.departements[id] ?? null);
    if (id.startsWith('REG-')) return id;
    const place = country.sites.find((known) => known.id === id) ?? structureOf(id);
    if (level === 1) return place?.departement ?? null;
    if (levelOf(id) === 2)
      return (place?.departement && country.departements[place.departement]) || (place?.region ?? null);
    return place?.departement ? (country.departements[place.departement] ?? null) : (place?.region ?? null);
  };

  const present = new Set(rows.map(({ subject }) => levelOf(subject)));
  const order = [
    finest,
    ...[0, 1, 2, 3].filter((l) => l < finest).reverse(),
    ...[0, 1, 2, 3].filter((l) => l > finest),
  ];
  const unitLevel = order.find((level) => present.has(level)) ?? finest;
  const candidates = rows.filter(({ subject }) => levelOf(subject) === unitLevel);
  const lowest = candidates.filter(
    ({ subject }) => !candidates.some((other) => below(subject).includes(other.subject)),
  );
  const parts = lowest.filter(
    ({ subject }) =>
      subject.startsWith('SITE-') ||
      subject.startsWith('STR-') ||
      !lowest.some(
        (other) => other.subject.startsWith('STR-') && placeOf(other.subject, unitLevel) === subject,
      ),
  );

  const registry = unitsOf(country, network, unitLevel, placeOf);
  const covered = new Set<string>();
  const extra = new Set<string>();
  for (const { subject } of parts) {
    const territory = !subject.startsWith('SITE-') && !subject.startsWith('STR-');
    const spoken = registry.filter(
      (unit) =>
        unit === subject ||
        below(subject).includes(unit) ||
        (territory && placeOf(unit, unitLevel) === subject),
    );
    for (const unit of spoken) covered.add(unit);
    if (spoken.length === 0) extra.add(subject);
  }

  const figures = new Map<Territory, OracleFigure>();
  const territories = [
    'FR',
    ...new Set(Object.values(country.departements)),
    ...Object.keys(country.departements),
  ];
  const coverage = (territory: Territory) => {
    const level = levelOf(territory);
    const within = (unit: string) => placeOf(unit, level) === territory;
    const own = [...extra].filter(within).length;
    return {
      publishing: [...covered].filter(within).length + own,
      expected: registry.filter(within).length + own,
    };
  };
  for (const territory of territories) {
    const level = levelOf(territory);
    const mine =
      level < unitLevel ? [] : parts.filter(({ subject }) => placeOf(subject, level) === territory);
    const published = sourceOf(country, network, rows, territory, level, placeOf);
    if (mine.length === 0 && published === undefined) continue;
    const counted = coverage(territory);
    const figure = published
      ? { ...published, answers: answersOf([published]), basis: 'PUBLISHED' }
      : combine(mine, measure);
    // No plain mean of what are averages already.
    if (figure.basis === 'COMPUTED_UNWEIGHTED' && unitLevel > finest) continue;
    figures.set(territory, {
      ...figure,
      ...(counted.expected === 0 ? { publishing: 1, expected: 1 } : counted),
      parts: mine.map(({ subject }) => subject),
      source: published?.subject ?? null,
    });
  }
  /** Units that stand in no région. */
  const unplaced = {
    publishing: [...covered, ...extra].filter((unit) => placeOf(unit, 2) === null).length,
    expected: [...registry, ...extra].filter((unit) => placeOf(unit, 2) === null).length,
  };
  return { figures, units: parts.map(({ subject }) => subject), rows, coverage, unplaced, unitLevel };
}

type PlaceOf = (id: string, level: number) => Territory | null;

function unitsOf(country: SmallCountry, network: string, level: number, placeOf: PlaceOf): string[] {
  const mine = country.structures.filter(
    (structure) => structure.network === network && structure.level === LEVELS[level],
  );
  const leaves = mine.filter(({ id }) => !mine.some(({ parent }) => parent === id)).map(({ id }) => id);
  const sites = country.sites.filter((place) => place.network === network).map(({ id }) => id);
  if (level === 0) {
    const linked = (structure: SmallStructure) => structure.sites.length > 0;
    return [
      ...sites,
      ...mine.filter((structure) => !linked(structure) && leaves.includes(structure.id)).map(({ id }) => id),
    ];
  }
  const taken = new Set(leaves.map((id) => placeOf(id, level)));
  const others = new Set(
    sites.map((id) => placeOf(id, level)).filter((place) => place !== null && !taken.has(place)),
  );
  return [...leaves, ...[...others].filter((place) => place !== null)];
}

function sourceOf(
  country: SmallCountry,
  network: string,
  rows: readonly Completed[],
  territory: Territory,
  level: number,
  placeOf: PlaceOf,
): Completed | undefined {
  const own = rows.find(({ subject }) => subject === territory);
  if (own !== undefined) return own;
  const inCharge = country.structures.filter(
    (structure) =>
      structure.network === network &&
      structure.level === LEVELS[level] &&
      placeOf(structure.id, level) === territory,
  );
  return inCharge.length === 1 ? rows.find(({ subject }) => subject === inCharge[0]?.id) : undefined;
}

/** What units add up to. */
export function combine(parts: readonly Completed[], { unit }: Measure) {
  const sum = (values: readonly (string | number)[]) =>
    values.reduce<Big>((total, value) => total.plus(value), new Big(0));
  const all = <T>(values: readonly (T | null)[]): T[] | null => {
    const known = values.filter((value) => value !== null);
    return known.length === values.length ? known : null;
  };
  const numerators = all(parts.map((part) => (part.denominator === null ? null : part.numerator)));
  const respondents = all(parts.map((part) => part.respondents));
  const numerator = numerators && sum(numerators);
  const denominator = numerators && sum(parts.map((part) => part.denominator ?? 0));
  const common = {
    numerator: numerator?.toFixed() ?? null,
    denominator: denominator?.toFixed() ?? null,
    respondents: respondents && sum(respondents).toNumber(),
    answers: answersOf(parts),
  };
  if (parts.length === 0) return { ...common, value: '0', basis: 'COMPUTED_UNWEIGHTED' };
  const total = sum(parts.map((part) => part.value));
  if (unit === 'COUNT') return { ...common, value: total.toFixed(), basis: 'COMPUTED_WEIGHTED' };
  if (numerator && denominator) {
    const factor = unit === 'PERCENT' || unit === 'POINTS' ? 100 : 1;
    return { ...common, value: rounded(numerator.times(factor), denominator), basis: 'COMPUTED_WEIGHTED' };
  }
  if (respondents) {
    const weighted = sum(parts.map((part) => new Big(part.value).times(part.respondents ?? 0).toFixed()));
    return { ...common, value: rounded(weighted, sum(respondents)), basis: 'COMPUTED_WEIGHTED' };
  }
  return { ...common, value: rounded(total, parts.length), basis: 'COMPUTED_UNWEIGHTED' };
}

function answersOf(parts: readonly Completed[]): number[] | null {
  if (parts.some(({ answers }) => answers === null)) return null;
  return [0, 1, 2, 3].map((rank) => parts.reduce((total, { answers }) => total + (answers?.[rank] ?? 0), 0));
}

/** The fewest answers that a figure says it is of: the denominator of a question counts them too. */
export function fewest({ respondents, denominator, answers }: OracleFigure, { formula }: Measure): number {
  const steps = answers && answers.reduce((sum, count) => sum + count, 0);
  const ofQuestion = formula === 'FAVOURABLE' || formula === 'NET' ? [denominator, steps] : [];
  return Math.min(...[respondents, ...ofQuestion].filter((count) => count !== null).map(Number));
}
