import { DEMO_YEARS, type DemoIndicator, type DemoNetwork } from './catalogue.ts';
import { chance, spread } from './chance.ts';

/** Who publishes: a site, a structure, or the network itself for the whole country. */
export interface DemoUnit {
  kind: 'SITE' | 'STRUCTURE' | 'TERRITORY';
  id: string;
  regionId: string;
  /** First and last year in which it exists; always without it. */
  open?: readonly [number, number];
}

/** One row of the template for headquarters; counts are null where the network gives a bare rate. */
export interface DemoResult {
  network: string;
  unit: DemoUnit;
  indicator: string;
  year: number;
  value: string | null;
  numerator: number | null;
  denominator: number | null;
  respondents: number | null;
  /** Very favourable, favourable, unfavourable, very unfavourable answers. */
  answers: readonly [number, number, number, number] | null;
  updatedOn: string;
}

/** Every result of a network, unit by unit, year by year. */
export function* demoResults(
  network: DemoNetwork,
  units: readonly DemoUnit[],
  years: readonly number[] = DEMO_YEARS,
): Generator<DemoResult> {
  for (const unit of units) {
    for (const year of years) {
      if (!publishes(network, unit, year)) continue;
      for (const indicator of network.indicators) yield resultOf(network, indicator, unit, year);
    }
  }
}

/** Coverage grows year after year, and who published once goes on: the draw is the unit's, not the year's. */
function publishes(network: DemoNetwork, unit: DemoUnit, year: number): boolean {
  if (unit.open !== undefined && (year < unit.open[0] || year > unit.open[1])) return false;
  const share = network.coverage.start + network.coverage.yearly * (year - 2018);
  return chance('publishes', network.id, unit.id) < share;
}

function resultOf(
  { id: network, before }: DemoNetwork,
  indicator: DemoIndicator,
  unit: DemoUnit,
  year: number,
): DemoResult {
  const key = `${network}/${indicator.id}`;
  const named = before && year <= before.lastYear ? before.id : network;
  const rate =
    indicator.level +
    indicator.trend * (year - 2018) +
    // The health crisis weighed on every service reached by telephone or at a counter.
    (year === 2020 ? -2.5 : 0) +
    1.6 * spread(key, unit.regionId) +
    3.2 * spread(key, unit.id) +
    1.1 * spread(key, unit.id, year);
  const bounded = Math.min(99.5, Math.max(8, rate));
  const common = {
    network: named,
    unit,
    indicator: indicator.own ? ownIndicator(named, indicator.id) : indicator.id,
    year,
    value: null,
    numerator: null,
    denominator: null,
    respondents: null,
    answers: null,
    updatedOn: `${year + 1}-0${1 + Math.floor(chance('month', network, year) * 3)}-15`,
  };
  const bare = chance('bare', key, unit.id) < (indicator.bare ?? 0);
  if (indicator.detail === 'RATE' || bare) return { ...common, value: bounded.toFixed(1) };
  const size = sizeOf(indicator, unit, year);
  if (indicator.detail === 'RESPONDENTS') return { ...common, value: bounded.toFixed(1), respondents: size };
  if (indicator.detail === 'NUMBER') return { ...common, value: String(size * 10) };
  if (indicator.detail === 'MEAN') {
    return { ...common, numerator: Math.round(size * Math.max(1, rate)), denominator: size };
  }
  const favourable = Math.round((size * bounded) / 100);
  if (indicator.detail === 'COUNTS') return { ...common, numerator: favourable, denominator: size };
  const very = Math.round(favourable * (0.25 + 0.2 * chance('very', key, unit.id)));
  const veryBad = Math.round((size - favourable) * 0.35);
  const answers = [very, favourable - very, size - favourable - veryBad, veryBad] as const;
  return { ...common, respondents: size, answers };
}

/** Id of an indicator that a network defines for itself. */
export const ownIndicator = (network: string, name: string): string =>
  `IND-DEMO-${network.slice('NET-'.length)}-${name}`;

/** Answers to a survey (a few small sites fall under the threshold of publication), or handled requests. */
function sizeOf(indicator: DemoIndicator, unit: DemoUnit, year: number): number {
  const scale = { SITE: 140, STRUCTURE: 900, TERRITORY: 12_000 }[unit.kind];
  const factor = Math.exp(0.7 * spread('size', unit.id) + 0.1 * spread('size', unit.id, year));
  const small = unit.kind === 'SITE' && chance('small', unit.id) < 0.03 ? 0.05 : 1;
  return Math.max(4, Math.round(scale * factor * small * (indicator.detail === 'COUNTS' ? 9 : 1)));
}
