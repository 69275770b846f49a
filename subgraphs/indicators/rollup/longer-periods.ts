import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely';
import { MEANING } from './touched.ts';

/** Lengths of periods that hold others, in the order in which they are recomputed. */
const LONGER = ['QUARTER', 'SEMESTER', 'YEAR'] as const;

interface Group {
  network_id: string;
  indicator_id: string;
  definition_version: number;
  period_grain: (typeof LONGER)[number];
  period_start: string;
  period_end: string;
}

/**
 * The groups of longer periods that hold a touched one, where either withholds something: what they withhold may be
 * something else now. By length, the shortest first; none most of the time, in one statement.
 */
export async function findLonger(trx: QueryExecutorProvider): Promise<RawBuilder<unknown>[]> {
  const { rows } = await sql<Group>`
    with longer as (
      select distinct t.network_id, m.indicator_id, m.version, g.grain, g.start, r.period_end,
             t.indicator_id as inner_indicator, t.definition_version as inner_version,
             t.period_grain as inner_grain, t.period_start as inner_start
        from touched t
        join (${MEANING}) m on m.answers = t.answers
        cross join lateral (values
          ('QUARTER', 3, date_trunc('quarter', t.period_start :: timestamp) :: date),
          ('SEMESTER', 6, make_date(extract(year from t.period_start) :: integer,
                                    case when extract(month from t.period_start) <= 6 then 1 else 7 end, 1)),
          ('YEAR', 12, date_trunc('year', t.period_start :: timestamp) :: date)) g (grain, months, start)
        cross join lateral (
          select r.period_end from indicators.result r
           where r.network_id = t.network_id and r.indicator_id = m.indicator_id and r.period_start = g.start
             and r.period_grain = g.grain and r.definition_version = m.version and r.publication_to is null
           limit 1) r
       where t.is_rate
         and g.months > case t.period_grain when 'MONTH' then 1 when 'QUARTER' then 3 when 'SEMESTER' then 6 else 12 end
    )
    select distinct l.network_id, l.indicator_id, l.version as definition_version, l.grain as period_grain,
           l.start as period_start, l.period_end
      from longer l
     where exists (
       select from indicators.result r
        where r.network_id = l.network_id and r.publication_to is null and r.suppressed is not null
          and (r.indicator_id = l.indicator_id and r.definition_version = l.version and r.period_grain = l.grain
               and r.period_start = l.start
            or r.indicator_id = l.inner_indicator and r.definition_version = l.inner_version
               and r.period_grain = l.inner_grain and r.period_start = l.inner_start))
        or exists (
       select from indicators.figure f
        where f.network_id = l.network_id and f.indicator_id = l.indicator_id and f.definition_version = l.version
          and f.period_grain = l.grain and f.period_start = l.start and f.suppressed is not null)`.execute(
    trx,
  );
  return LONGER.flatMap((grain) => {
    const groups = rows.filter(({ period_grain }) => period_grain === grain);
    return groups.length === 0 ? [] : [valuesOf(groups)];
  });
}

const valuesOf = (groups: readonly Group[]) => sql`
  select * from unnest(
    ${groups.map((group) => group.network_id)}::text[], ${groups.map((group) => group.indicator_id)}::text[],
    ${groups.map((group) => group.definition_version)}::integer[], ${groups.map((group) => group.period_grain)}::text[],
    ${groups.map((group) => group.period_start)}::date[], ${groups.map((group) => group.period_end)}::date[])
    as g (network_id, indicator_id, definition_version, period_grain, period_start, period_end)`;
