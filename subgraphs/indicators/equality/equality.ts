import { type Decimal, divide, subtract } from '../../../kernel/decimal.ts';
import { NATION } from '../../../kernel/ids.ts';
import type { Period } from '../../../kernel/period.ts';
import type { Density, Setting } from '../../../kernel/surroundings.ts';
import type { IndicatorsContext } from '../context.ts';
import { definitionOf } from '../indicator/indicator.loader.ts';
import type { Formula, Unit } from '../tables.ts';
import type { Deciles } from './deciles.query.ts';
import type { SettingRow } from './settings.query.ts';

/** How equal the units of a network are, for one definition and one period. */
export interface Equality {
  indicator: string;
  version: number;
  period: Period;
  unit: Unit;
  /** How a value comes from its counts; null when not declared. */
  formula: Formula | null;
  deciles: readonly Deciles[];
  /** None within a territory. */
  figures: readonly SettingRow[];
}

/** Null when no unit published. */
export async function equalityOf(
  { loaders, lists }: IndicatorsContext,
  network: string,
  scope: { indicator: string; within: string | null; period: Period | null },
): Promise<Equality | null> {
  const [indicator, group] = await Promise.all([
    loaders.indicator.load(scope.indicator),
    lists.rankedGroup(network, scope),
  ]);
  if (!indicator || !group) return null;
  const { version, period } = group;
  const key = { network, indicator: scope.indicator, version, grain: period.grain, start: period.start };
  const [deciles, figures] = await Promise.all([
    lists.deciles(network, scope, group),
    (scope.within ?? NATION) === NATION ? loaders.settingFigures.load(key) : [],
  ]);
  const { unit, formula } = definitionOf(indicator, version);
  return { indicator: scope.indicator, version, period, unit, formula, deciles, figures };
}

/** The last decile minus the first. */
export const rangeOf = ({ values }: Deciles): Decimal => subtract(values[8] ?? '0', values[0] ?? '0');

/** Units whose zero means nothing at all, so that twice as much is a thing to say; a score or a balance has none. */
const WITH_ZERO: ReadonlySet<Unit> = new Set<Unit>(['PERCENT', 'MINUTES', 'DAYS', 'COUNT']);

/** How many times the first decile the last one is, rounded to six decimals; null where that says nothing. */
export function ratioOf({ values }: Deciles, unit: Unit): Decimal | null {
  const [first = '0', last = '0'] = [values[0], values[8]];
  return WITH_ZERO.has(unit) && Number(first) > 0 ? divide(last, first) : null;
}

/** The figure of a setting or of a density; null where none of the units stands in one. */
export const figureOf = ({ figures }: Equality, place: Setting | Density): SettingRow | null =>
  figures.find((figure) => figure.place === place) ?? null;
