import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Period } from '../../../kernel/period.ts';
import { FIGURE_COLUMNS, type FigureRow, RESULT_COLUMNS } from '../figure/figure.row.ts';
import type { Family, IndicatorsTables } from '../tables.ts';
import { LINEAGE, place, rankOf, SUBJECT } from './place.ts';

/** Which local figures: null is every indicator, family or period. */
export interface LocalArguments {
  indicator: string | null;
  family: Family | null;
  period: Period | null;
}

/** A site or a structure, with the territories that it is compared to. */
export interface Place {
  place_id: string;
  place_network: string | null;
  place_departement: string | null;
  place_region: string | null;
  /** Its network, then those that it succeeded. */
  place_networks: string[];
}

/** A local figure. */
export interface LocalRow extends FigureRow {
  /** The figure is that of the territory: the network publishes nothing finer. */
  inherited: boolean;
}

/** A place with one of its local figures, null where it has none. */
export type PlaceFigure = Place & { figure: LocalRow | null };

/**
 * The latest local figure of each place and indicator, in one statement; a place without any has one row.
 *
 * A place shows its own result; else that of the structure it belongs to (the surest link first, then up the
 * parents, no coarser than the network's finest level); else, where the network publishes by territory, the
 * figure of its territory. It keeps what it published under the networks that its own one succeeded.
 */
export async function localFigures(
  db: Kysely<IndicatorsTables>,
  { indicator, family, period }: LocalArguments,
  places: readonly string[],
): Promise<PlaceFigure[]> {
  const asked = (row: string): RawBuilder<boolean> => sql`
    (${indicator}::text is null or ${sql.ref(`${row}.indicator_id`)} = ${indicator})
    and (${period?.start ?? null}::date is null
      or (${sql.ref(`${row}.period_start`)} = ${period?.start ?? null}::date
        and ${sql.ref(`${row}.period_grain`)} = ${period?.grain ?? null}::text))
    and (${family}::text is null or exists (
      select from indicators.definition d
       where d.indicator_id = ${sql.ref(`${row}.indicator_id`)} and d.version = ${sql.ref(`${row}.definition_version`)}
         and d.family = ${family}))`;
  const { rows } = await sql<Place & LocalRow & { local_place: string | null }>`
    with recursive ${place(places)}, ${LINEAGE}, ${SUBJECT}, candidate as (
      select s.place_id, s.priority, l.depth, false as inherited, s.inherited_from, r.network_id, r.indicator_id,
             r.period_start, r.period_grain, r.period_end, r.definition_version, r.subject_id
        from subject s
        join lineage l on l.place_id = s.place_id
        join indicators.published_result r on r.subject_id = s.subject_id and r.network_id = l.network_id
       where (s.valid_from is null or s.valid_from <= r.period_end)
         and (s.valid_to is null or s.valid_to > r.period_start) and ${asked('r')}
      union all
      select p.place_id, 1000, l.depth, true, f.territory_id, f.network_id, f.indicator_id,
             f.period_start, f.period_grain, f.period_end, f.definition_version, f.territory_id
        from place p
        join lineage l on l.place_id = p.place_id
        join directory.network n on n.id = l.network_id and n.finest_level <> 'SITE'
        join indicators.figure f
          on f.network_id = l.network_id and f.typology_id = ''
         and f.territory_id = case n.finest_level when 'DEPARTEMENT' then p.place_departement
                                                  when 'REGION' then p.place_region else 'FR' end
       where ${rankOf('p.place_level')} <= ${rankOf('n.finest_level')} and ${asked('f')}
    ), local as (
      select distinct on (place_id, indicator_id) *
        from candidate
       order by place_id, indicator_id, priority, period_end desc, period_start, depth, definition_version desc
    ), figures as (
      select l.place_id as local_place, l.inherited, l.inherited_from, ${RESULT_COLUMNS}
        from local l
        join indicators.published_result r
          on r.network_id = l.network_id and r.indicator_id = l.indicator_id
         and r.period_start = l.period_start and r.period_grain = l.period_grain
         and r.definition_version = l.definition_version and r.subject_id = l.subject_id
        join indicators.import i on i.id = r.import_id
       where not l.inherited
      union all
      select l.place_id as local_place, l.inherited, l.inherited_from, ${FIGURE_COLUMNS}
        from local l
        join indicators.figure f
          on f.network_id = l.network_id and f.indicator_id = l.indicator_id
         and f.period_start = l.period_start and f.period_grain = l.period_grain
         and f.definition_version = l.definition_version and f.territory_id = l.subject_id and f.typology_id = ''
        join indicators.import i on i.id = f.import_id
       where l.inherited
    )
    select p.place_id, p.place_network, p.place_departement, p.place_region,
           array(select l.network_id from lineage l where l.place_id = p.place_id order by l.depth) as place_networks,
           f.*
      from place p
      left join figures f on f.local_place = p.place_id
      left join indicators.definition d
        on d.indicator_id = f.indicator_id and d.version = f.definition_version
     order by p.place_id, d.family desc, f.indicator_id`.execute(db);
  return rows.map((row) => {
    const {
      place_id,
      place_network,
      place_departement,
      place_region,
      place_networks,
      local_place,
      ...figure
    } = row;
    const known = { place_id, place_network, place_departement, place_region, place_networks };
    return { ...known, figure: local_place === null ? null : figure };
  });
}
