import type { Kysely } from 'kysely';
import type { KeptRows } from '../../../kernel/graphql/kept.ts';
import { listLoader, loaderPerArguments, rowLoader } from '../../../kernel/loader.ts';
import type { FigureRow } from '../figure/figure.row.ts';
import type { IndicatorsTables } from '../tables.ts';
import { aroundOf, nationwideOf } from './around.ts';
import { type GroupKey, groupOf, textOfGroup } from './group.ts';
import { type LocalArguments, localFigures, type PlaceFigure } from './local.query.ts';
import { spotsOf } from './spot.query.ts';
import { extremesOf, type SpreadKey, spreadsOf } from './spread.query.ts';

/** Local figures with all that they are compared to: what is the same for every place is read once. */
const surrounded =
  (db: Kysely<IndicatorsTables>, kept: KeptRows, args: LocalArguments) =>
  async (places: readonly string[]) => {
    const rows = await localFigures(db, args, places);
    const locals = new Map(rows.flatMap(({ figure }) => (figure ? [[textOf(figure), figure] as const] : [])));
    const nationwide = kept.through(
      'nationwide',
      (groups) =>
        nationwideOf(
          db,
          groups.flatMap((group) => locals.get(group) ?? []),
        ),
      ({ group }) => group,
    );
    const found = new Map((await nationwide([...locals.keys()])).map((each) => [each.group, each]));
    return rows.map(({ figure, near, ...place }): PlaceFigure => {
      const group = figure && found.get(textOf(figure));
      return group && near
        ? { ...place, figure: { ...figure, around: aroundOf(figure, place, near, group) } }
        : { ...place, figure };
    });
  };

const textOf = (row: FigureRow) => textOfGroup(groupOf(row));

export function comparisonLoaders(db: Kysely<IndicatorsTables>, kept: KeptRows) {
  return {
    local: loaderPerArguments((args: LocalArguments) =>
      listLoader(
        args.around
          ? surrounded(db, kept, args)
          : (places: readonly string[]) => localFigures(db, args, places),
        (place) => place,
        (row) => row.place_id,
      ),
    ),
    /** Where a structure stands. */
    spot: rowLoader(
      (structures: readonly string[]) => spotsOf(db, structures),
      (structure) => structure,
      (row) => row.place_id,
    ),
    spread: rowLoader(
      (keys: readonly SpreadKey[]) => spreadsOf(db, keys),
      (key) => [textOfGroup(key), key.value].join('|'),
      (row) => [row.network_id, row.indicator_id, row.version, row.grain, row.start, row.value].join('|'),
    ),
    extremes: listLoader((keys: readonly GroupKey[]) => extremesOf(db, keys), textOfGroup, textOf),
  };
}
