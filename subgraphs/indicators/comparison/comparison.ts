import type { TerritoryLevel } from '../../../kernel/ids.ts';
import { NATION } from '../../../kernel/ids.ts';
import type { IndicatorsContext } from '../context.ts';
import type { FigureKey } from '../figure/figure.query.ts';
import type { FigureRow } from '../figure/figure.row.ts';
import { groupOf } from './group.ts';
import type { LocalArguments, LocalRow, Place } from './local.query.ts';

type Loaders = IndicatorsContext['loaders'];

/**
 * One indicator seen from one place. `base` gives network, definition and period to every level: it is the
 * local figure, or the nation's where the place has none.
 */
export interface Comparison {
  place: Place;
  base: FigureRow;
  local: LocalRow | null;
}

/** The comparison of a place for one indicator; null when neither the place nor the nation has a figure. */
export async function comparisonOf(
  loaders: Loaders,
  id: string,
  args: LocalArguments & { indicator: string },
): Promise<Comparison | null> {
  const [found] = await loaders.local(args).load(id);
  if (!found) return null;
  const { figure, ...place } = found;
  const base = figure ?? (await nationalFigure(loaders, place, args));
  return base && { place, base, local: figure };
}

/** Comparisons for every indicator for which a place has a figure. */
export async function comparisonsOf(
  loaders: Loaders,
  id: string,
  args: LocalArguments,
): Promise<Comparison[]> {
  const rows = await loaders.local(args).load(id);
  return rows.flatMap(({ figure, ...place }) => (figure ? [{ place, base: figure, local: figure }] : []));
}

/** The nation's latest figure of the place's network, else of one that it succeeded. */
async function nationalFigure(
  loaders: Loaders,
  place: Place,
  { indicator, period }: { indicator: string; period: LocalArguments['period'] },
): Promise<FigureRow | null> {
  const asked = { grain: period?.grain ?? null, start: period?.start ?? null };
  const figures = await Promise.all(
    place.place_networks.map((network) =>
      loaders.latestFigure.load({ network, indicator, territory: NATION, ...asked }),
    ),
  );
  return figures.find((figure) => figure !== null) ?? null;
}

/** The territory of a place at a level; null when it stands in none. */
export function territoryAt(place: Place, level: TerritoryLevel): string | null {
  if (level === 'NATIONAL') return NATION;
  if (level === 'REGION') return place.place_region;
  return level === 'DEPARTEMENT' ? place.place_departement : null;
}

/** The figure of a level: same network, definition and period as the comparison's. */
export function levelKey({ place, base }: Comparison, level: TerritoryLevel): FigureKey | null {
  const territory = territoryAt(place, level);
  return territory === null ? null : { ...groupOf(base), territory };
}
