import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Period } from '../../../kernel/period.ts';
import type { IndicatorsTables } from '../tables.ts';
import { type ChosenPeriod, periodOf } from './list-period.ts';
import type { MapPlace } from './map.query.ts';

/**
 * The period of the map of each network that has places, as `chosenPeriod` says. From the latest end
 * of a period back to the first that more than half of the places have, one look at the index for each place: nothing
 * is read of most periods.
 */
export async function chosenPeriods(
  db: Kysely<IndicatorsTables>,
  indicator: string,
  places: readonly MapPlace[],
): Promise<Map<string, Period>> {
  const column = (name: keyof MapPlace) => places.map((place) => place[name]);
  const published = sql`
    from indicators.figure f
   where f.territory_id = i.item and f.network_id = i.list and f.indicator_id = ${indicator} and f.typology_id = ''`;
  const { rows } = await sql<ChosenPeriod & { list: string }>`
    with recursive item as materialized (
      select i.list, i.item, f.period_end
        from unnest((select ${column('network')}::text[] collate "C"), (select ${column('territory')}::text[] collate "C"))
               as i (list, item)
       cross join lateral (select f.period_end ${published} order by f.period_end desc limit 1) f
    ), list as (
      select list, count(*) as items, max(period_end) as period_end from item group by list
    ), step as (
      select l.list, l.items, l.period_end, g.*, g.published * 2 > l.items as is_most
        from list l cross join lateral (${fullest(published, 'l.list', 'l.period_end')}) g
      union all
      select t.list, t.items, n.period_end, g.*, g.published * 2 > t.items
        from step t
       cross join lateral (
         select max(f.period_end) as period_end
           from item i
          cross join lateral (
            select f.period_end ${published} and f.period_end < t.period_end order by f.period_end desc limit 1) f
          where i.list = t.list) n
       cross join lateral (${fullest(published, 't.list', 'n.period_end')}) g
       where not t.is_most)
    select distinct on (list) list, period_grain as chosen_grain, period_start as chosen_start,
           definition_version as chosen_version
      from step
     order by list, is_most desc, published desc, period_end desc, period_start, definition_version desc`.execute(
    db,
  );
  const chosen = rows.map(({ list, ...period }) => [list, periodOf(period, null)] as const);
  return new Map(chosen.filter((pair): pair is [string, Period] => pair[1] !== null));
}

/** Of the periods of a list that end on a day, the one, with its definition, that most items have. */
const fullest = (published: RawBuilder<unknown>, list: string, end: string) => sql`
  select f.period_grain, f.period_start, f.definition_version, count(*) as published
    from item i
   cross join lateral (
     select f.period_grain, f.period_start, f.definition_version ${published} and f.period_end = ${sql.ref(end)}) f
   where i.list = ${sql.ref(list)}
   group by 1, 2, 3 order by 4 desc, 2, 3 desc limit 1`;
