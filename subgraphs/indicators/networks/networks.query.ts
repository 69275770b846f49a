import { type Kysely, sql } from 'kysely';
import type { Period } from '../../../kernel/period.ts';
import { FIGURE_COLUMNS, type FigureRow } from '../figure/figure.row.ts';
import { type ChosenPeriod, chosenPeriod } from '../figure/list-period.ts';
import type { Comparability, IndicatorsTables } from '../tables.ts';

/** Networks side by side on one question, in one territory. */
export interface CompareArguments {
  indicator: string;
  networks: readonly string[];
  territory: string;
  period: Period | null;
  /** Least comparable indicators that are still accepted. */
  comparability: Comparability;
}

/** One network of a comparison; the columns of the figure are null where it has none. */
export type ComparedRow = FigureRow &
  ChosenPeriod & {
    compared_network: string;
    known_network: boolean;
    /** The indicator that answers the question for this network. */
    used_indicator: string | null;
    used_comparability: Comparability | null;
    /** It has an indicator on the same subject, that does not compare enough. */
    has_other: boolean;
  };

const degree = (column: string) =>
  sql`array_position(array['SAME_QUESTION', 'CLOSE', 'OWN'], ${sql.ref(column)})`;

/**
 * One row per network, in the order asked, in one statement. The question is that of the common core behind
 * the indicator; a network answers it with that indicator itself, or with its own one that a reviewed table
 * maps to it. All rows share one period.
 */
export async function compareNetworks(
  db: Kysely<IndicatorsTables>,
  { indicator, networks, territory, period, comparability }: CompareArguments,
): Promise<ComparedRow[]> {
  const { rows } = await sql<ComparedRow>`
    with asked as (
      select network_id, min(position) as position
        from unnest(${networks}::text[]) with ordinality as k (network_id, position) group by network_id
    ), core as (
      select coalesce(core_indicator_id, id) as id from indicators.indicator where id = ${indicator}
    ), answer as (
      select n.id, n.network_id,
             case when n.id = core.id then 'SAME_QUESTION' else coalesce(n.comparability, 'OWN') end as comparability
        from core join indicators.indicator n on n.id = core.id or n.core_indicator_id = core.id
    ), candidate as (
      select a.network_id, w.id, w.comparability
        from asked a
        join answer w on (w.network_id is null or w.network_id = a.network_id)
         and exists (select from indicators.figure f
                      where f.territory_id = ${territory} and f.network_id = a.network_id
                        and f.indicator_id = w.id and f.typology_id = '')
    ), used as (
      select distinct on (c.network_id) c.network_id, c.id, c.comparability
        from candidate c
       where ${degree('c.comparability')} <= array_position(array['SAME_QUESTION', 'CLOSE', 'OWN'], ${comparability})
       order by c.network_id, ${degree('c.comparability')}, (c.id <> (select id from core)), c.id
    ), scope as (
      select distinct 1 as list, f.network_id as item, f.period_start, f.period_grain, f.period_end,
             0 as definition_version
        from used u
        join indicators.figure f on f.territory_id = ${territory} and f.network_id = u.network_id
         and f.indicator_id = u.id and f.typology_id = ''
    ), ${chosenPeriod(period)}
    select ${FIGURE_COLUMNS}, a.network_id as compared_network, n.id is not null as known_network,
           u.id as used_indicator, u.comparability as used_comparability,
           u.id is null and exists (select from candidate c where c.network_id = a.network_id) as has_other,
           c.chosen_grain, c.chosen_start, c.chosen_version
      from asked a
      left join directory.network n on n.id = a.network_id
      left join used u on u.network_id = a.network_id
      left join chosen c on true
      left join lateral (
        select f.* from indicators.figure f
         where f.territory_id = ${territory} and f.network_id = u.network_id and f.indicator_id = u.id
           and f.period_start = c.chosen_start and f.period_grain = c.chosen_grain and f.typology_id = ''
         order by f.definition_version desc limit 1) f on true
     order by a.position`.execute(db);
  return rows;
}
