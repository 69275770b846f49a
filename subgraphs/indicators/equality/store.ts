import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely';
import { ADDED, answeredBy, computedBasis, computedValue, SUMMED, sums } from '../rollup/computed.ts';
import { openDuring } from '../rollup/levels.ts';
import { withholdLongerSettings } from '../rollup/shorter-periods.ts';
import { ABOVE } from './above.ts';
import { type HiddenUnits, type SettingTotal, type TerritoryTotal, toWithhold } from './guard.ts';

/**
 * Replaces the figures by setting and density of the touched groups of a roll-up, once it has decided what is
 * withheld: the same three bases, coverage and threshold as the figures of territories. There are none where units are
 * whole régions, which are neither rural nor urban.
 * @param isLonger what `withhold` said
 */
export async function storeSettingFigures(trx: QueryExecutorProvider, isLonger: boolean): Promise<void> {
  await sql`
    delete from indicators.setting_figure s using touched t
     where s.network_id = t.network_id and s.indicator_id = t.indicator_id
       and s.definition_version = t.definition_version and s.period_start = t.period_start
       and s.period_grain = t.period_grain`.execute(trx);
  await collect(trx);
  if (isLonger) await withholdLongerSettings(trx);
  await withhold(trx);
  await store(trx);
  await sql`drop table place_figure`.execute(trx);
}

async function collect(trx: QueryExecutorProvider): Promise<void> {
  await sql`
    create temporary table place_figure on commit drop as
      with leaf as (
        select p.gid, p.leaf, ${sums}
          from part p
          join unit_level u on u.gid = p.gid and u.level <= 2
         where p.is_part and p.leaf <> '?' group by p.gid, p.leaf
      ), placed as (
        select gid, leaf as place, ${SUMMED} from leaf
        union all
        select gid, setting, ${SUMMED} from leaf join ${ABOVE} using (leaf)
      ), c as (
        select gid, place, ${ADDED} from placed group by gid, place
      )
      select c.*, ${computedBasis} as basis, ${computedValue} as value,
             case when t.is_rate and ${answeredBy('n')} < s.suppression_threshold then 'SMALL_SAMPLE' end as hidden
        from c
        cross join lateral (
          select case when c.with_respondents = c.parts then c.respondents end as respondents,
                 case when c.with_ratio = c.parts then c.denominator end as denominator,
                 case when c.with_distribution = c.parts then c.very_favourable end as very_favourable, c.favourable,
                 c.unfavourable, c.very_unfavourable) n
        join touched t on t.gid = c.gid
        join unit_level u on u.gid = c.gid
        cross join indicators.directory_state s
       -- No plain mean of what are averages already.
       where not (${computedBasis} = 'COMPUTED_UNWEIGHTED' and u.level > t.finest)`.execute(trx);
}

/** Withholds what would give away a withheld unit; costs one statement where there is none. */
async function withhold(trx: QueryExecutorProvider): Promise<void> {
  const units = await sql<HiddenUnits & { gid: number }>`
    select p.gid, p.leaf, count(*)::integer as units,
           coalesce(p.departement_id, '?' || coalesce(p.region_id, '')) as territory
      from part p
      join unit_level u on u.gid = p.gid and u.level <= 2
     where p.is_part and p.hidden is not null
     group by 1, 2, 4 order by 1, 2, 4`.execute(trx);
  if (units.rows.length === 0) return;
  const gids = [...new Set(units.rows.map(({ gid }) => gid))];
  const territories = await sql<TerritoryTotal & { gid: number }>`
    select c.gid, c.territory_id as territory, c.parent_id as parent,
           f.gid is not null and f.hidden is null and (f.basis <> 'PUBLISHED' or f.is_total) as shown
      from cell c
      left join fig f on f.gid = c.gid and f.level = c.level and f.territory_id = c.territory_id
       and f.typology_id = '' and f.territory_id not like '?%'
     where c.gid = any(${gids}) and c.typology_id = ''`.execute(trx);
  const settings = await sql<SettingTotal & { gid: number }>`
    select gid, place, case when with_respondents = parts then respondents end :: integer as respondents,
           hidden is not null as small
      from place_figure where gid = any(${gids})`.execute(trx);
  const of = <T extends { gid: number }>(rows: readonly T[], gid: number) =>
    rows.filter((row) => row.gid === gid);
  const found = gids.flatMap((gid) =>
    toWithhold(of(units.rows, gid), of(territories.rows, gid), of(settings.rows, gid)).map((place) => ({
      gid,
      place,
    })),
  );
  await sql`
    update place_figure f set hidden = 'COMPLEMENTARY'
      from unnest(${found.map(({ gid }) => gid)}::integer[], ${found.map(({ place }) => place)}::text[]) x (gid, place)
     where f.gid = x.gid and f.place = x.place`.execute(trx);
  await withholdOtherSums(trx);
}

/**
 * Withholds the figures that are another sum of withheld units than those that the guards know: of a group that does
 * not lead its family, or with other weights than a figure of a territory gives them.
 */
async function withholdOtherSums(trx: QueryExecutorProvider): Promise<void> {
  await sql`
    update place_figure f set hidden = 'COMPLEMENTARY'
      from (select distinct q.gid, q.place
              from part p
              join touched t on t.gid = p.gid
              left join ${ABOVE} on setting_of.leaf = p.leaf
              join place_figure q on q.gid = p.gid and q.place in (p.leaf, setting_of.setting)
              left join held h on h.gid = p.gid and h.id = p.id
               and h.weight is distinct from case when q.basis = 'COMPUTED_UNWEIGHTED' then 1
                                                  when q.with_ratio = q.parts then p.denominator
                                                  else p.respondents end
             where p.is_part and p.hidden is not null and (not t.leads or h.id is not null)) x
     where f.gid = x.gid and f.place = x.place and f.hidden is null`.execute(trx);
}

async function store(trx: QueryExecutorProvider): Promise<void> {
  const shown = (column: string, when: RawBuilder<boolean>) =>
    sql`case when f.hidden is null and ${when} then ${sql.ref(`f.${column}`)} end`;
  const [ratio, people, answers] = [
    sql<boolean>`f.with_ratio = f.parts`,
    sql<boolean>`f.with_respondents = f.parts`,
    sql<boolean>`f.with_distribution = f.parts`,
  ];
  await sql`
    insert into indicators.setting_figure (network_id, indicator_id, definition_version, period_grain, period_start,
      period_end, place, value, basis, suppressed, numerator, denominator, respondents, very_favourable, favourable,
      unfavourable, very_unfavourable, publishing, expected, import_id, import_row, updated_on)
    with counted as (
      select g.gid, r.leaf, 0 as publishing, r.units as expected
        from unit_level g
        join registered r on r.network_id = g.network_id and r.level = g.level
         and ${openDuring('r', 'g.period_start', 'g.period_end')}
       where g.level <= 2
      union all
      select gid, leaf, units, case when unregistered then units else 0 end from covered
    ), coverage as (
      select gid, leaf as place, sum(publishing) as publishing, sum(expected) as expected from counted group by 1, 2
      union all
      select gid, setting, sum(publishing), sum(expected) from counted join ${ABOVE} using (leaf) group by 1, 2
    )
    select t.network_id, t.indicator_id, t.definition_version, t.period_grain, t.period_start, t.period_end, f.place,
           ${shown('value', sql`true`)}, f.basis, f.hidden, ${shown('numerator', ratio)}, ${shown('denominator', ratio)},
           ${shown('respondents', people)}, ${shown('very_favourable', answers)}, ${shown('favourable', answers)},
           ${shown('unfavourable', answers)}, ${shown('very_unfavourable', answers)}, c.publishing, c.expected,
           l.import_id, case when f.parts = 1 then f.import_row end, f.updated_on
      from place_figure f
      join touched t on t.gid = f.gid
      join coverage c on c.gid = f.gid and c.place = f.place
      join origin l on l.origin = f.origin`.execute(trx);
}
