import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Period, PeriodGrain } from '../../../kernel/period.ts';
import { preparedBy, type Slots } from '../../../kernel/postgres/prepared.ts';
import { CHOSEN_COLUMNS, FIGURE_COLUMNS, type FigureRow, RESULT_COLUMNS } from '../figure/figure.row.ts';
import type { Family, IndicatorsTables } from '../tables.ts';
import { type Around, NEAR_COLUMN, NEAR_JOINS, type NearCells } from './around.ts';
import { LINEAGE, place, rankOf, SUBJECT } from './place.ts';

/** Which local figures: null is every indicator, family or period. */
export interface LocalArguments {
  indicator: string | null;
  family: Family | null;
  period: Period | null;
  /** With the figures of département and région, of which little is asked. */
  around?: boolean;
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
  around?: Around;
}

/** A place with one of its local figures, null where it has none. */
export type PlaceFigure = Place & { figure: LocalRow | null; near?: NearCells };

/**
 * The latest local figure of each place and indicator, in one statement; a place without any has one row.
 *
 * A place shows its own result; else that of the structure it belongs to (the surest link first, then up the
 * parents, no coarser than the network's finest level); else, where the network publishes by territory, the
 * figure of its territory. It keeps what it published under the networks that its own one succeeded.
 */
export async function localFigures(
  db: Kysely<IndicatorsTables>,
  { indicator, family, period, around = false }: LocalArguments,
  places: readonly string[],
): Promise<PlaceFigure[]> {
  const form = { ofOne: indicator !== null, ofFamily: family !== null, ofPeriod: period !== null, around };
  const { start = null, grain = null } = period ?? {};
  const rows = await LOCAL(form)(db, { places, indicator, family, start, grain });
  return rows.map((row) => {
    const {
      place_id,
      place_network,
      place_departement,
      place_region,
      place_networks,
      local_place,
      near,
      ...figure
    } = row;
    const known = { place_id, place_network, place_departement, place_region, place_networks };
    if (local_place === null) return { ...known, figure: null };
    return near ? { ...known, figure, near } : { ...known, figure };
  });
}

/** What is asked; what is not is not written: a plan made once for every value could not leave it out. */
interface Form {
  ofOne: boolean;
  ofFamily: boolean;
  ofPeriod: boolean;
  around: boolean;
}

interface Values {
  places: readonly string[];
  indicator: string | null;
  family: Family | null;
  start: string | null;
  grain: PeriodGrain | null;
}

type Row = Place & LocalRow & { local_place: string | null; near?: NearCells };

const LOCAL = preparedBy<Form, Values, Row>((form, values) => {
  const asked = (row: string) => matching(row, form, values);
  return sql`
    with recursive ${place(values.places)}, ${LINEAGE}, ${SUBJECT}, wide as (
      select p.place_id, l.network_id, l.depth,
             case n.finest_level when 'DEPARTEMENT' then p.place_departement when 'REGION' then p.place_region
                                 else 'FR' end as territory_id
        from place p
        join lineage l on l.place_id = p.place_id
        join directory.network n on n.id = l.network_id and n.finest_level <> 'SITE'
       where ${rankOf('p.place_level')} <= ${rankOf('n.finest_level')}
    ), ${withIndicators('own', OWN, form, values)}, ${withIndicators('wider', WIDER, form, values)},
    local as (
      select distinct on (place_id, indicator_id) *
        from (
          select s.place_id, s.priority, false as inherited, s.inherited_from, r.*
            from own s
           cross join lateral (
             select l.depth, ${RESULT_COLUMNS}
               from indicators.published_result r
               join lineage l on l.place_id = s.place_id and l.network_id = r.network_id
              where r.subject_id = s.subject_id and r.indicator_id = s.indicator_id ${asked('r')}
                and (s.valid_from is null or s.valid_from <= r.period_end)
                and (s.valid_to is null or s.valid_to > r.period_start)
              order by r.period_end desc, r.period_start, l.depth, r.definition_version desc limit 1) r
          union all
          select w.place_id, 1000, true, w.territory_id, f.*
            from wider w
           cross join lateral (
             select w.depth, ${FIGURE_COLUMNS}
               from indicators.figure f
              where f.territory_id = w.territory_id and f.network_id = w.network_id
                and f.indicator_id = w.indicator_id and f.typology_id = '' ${asked('f')}
              order by f.period_end desc, f.period_start, f.definition_version desc limit 1) f
        ) candidate
       order by place_id, indicator_id, priority, period_end desc, period_start, depth, definition_version desc
    )
    select p.place_id, p.place_network, p.place_departement, p.place_region, n.place_networks,
           f.place_id as local_place, f.inherited, f.inherited_from, ${CHOSEN_COLUMNS} ${form.around ? sql`, ${NEAR_COLUMN}` : sql``}
      from place p
     cross join lateral (
       select array(select l.network_id from lineage l where l.place_id = p.place_id order by l.depth)
                as place_networks) n
      left join local f on f.place_id = p.place_id
      left join indicators.definition d
        on d.indicator_id = f.indicator_id and d.version = f.definition_version
      ${form.around ? NEAR_JOINS : sql``}
     order by p.place_id, d.family desc, f.indicator_id`;
});

/** Rows of an expression, and where their results or figures `r` are. */
interface Publishers {
  of: string;
  columns: readonly string[];
  published: RawBuilder<unknown>;
}

const OWN: Publishers = {
  of: 'subject',
  columns: ['place_id', 'subject_id', 'priority', 'valid_from', 'valid_to', 'inherited_from'],
  published: sql`indicators.published_result r where r.subject_id = k.subject_id`,
};

const WIDER: Publishers = {
  of: 'wide',
  columns: ['place_id', 'network_id', 'depth', 'territory_id'],
  published: sql`indicators.figure r where r.territory_id = k.territory_id and r.network_id = k.network_id`,
};

/**
 * Common table expression `name`: each row with every indicator that was published of it. One is looked up after the
 * other by an index, so that nothing is read of most periods.
 */
function withIndicators(
  name: string,
  { of, columns, published }: Publishers,
  { ofOne }: Form,
  { indicator }: Slots<Values>,
): RawBuilder<unknown> {
  const own = sql.join(columns.map((column) => sql.ref(`k.${column}`)));
  if (ofOne)
    return sql`${sql.ref(name)} as (select ${own}, ${indicator}::text as indicator_id from ${sql.table(of)} k)`;
  const found = sql.ref(`${name}_from`);
  return sql`
    ${found} as (
      select ${own}, '' collate "C" as indicator_id from ${sql.table(of)} k
      union all
      select ${own}, r.indicator_id
        from ${found} k
       cross join lateral (
         select r.indicator_id from ${published} and r.indicator_id > k.indicator_id
          order by r.indicator_id limit 1) r
    ), ${sql.ref(name)} as (select * from ${found} where indicator_id <> '')`;
}

/** Conditions on results or figures whose alias is `row`, each after an `and`. */
function matching(
  row: string,
  { ofPeriod, ofFamily }: Form,
  { start, grain, family }: Slots<Values>,
): RawBuilder<unknown> {
  const column = (name: string) => sql.ref(`${row}.${name}`);
  const conditions: RawBuilder<unknown>[] = [sql``];
  if (ofPeriod)
    conditions.push(
      sql`${column('period_start')} = ${start}::date`,
      sql`${column('period_grain')} = ${grain}`,
    );
  if (ofFamily)
    conditions.push(sql`
      exists (
        select from indicators.definition d
         where d.indicator_id = ${column('indicator_id')} and d.version = ${column('definition_version')}
           and d.family = ${family})`);
  return sql.join(conditions, sql` and `);
}
