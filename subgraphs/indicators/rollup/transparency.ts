import { type QueryExecutorProvider, sql } from 'kysely';
import { quotient } from './exact.ts';
import { openDuring } from './levels.ts';
import { findPublishers, storePublishers } from './publishers.ts';

/** Indicator whose published values are the transparency rates of territories. */
export const TRANSPARENCY_INDICATOR = 'IND-BAROMETRE-TRANSPARENCE';

/**
 * Recomputes the transparency of the touched networks and years, by the published method of the State's
 * barometer: in a département, the share of a network's sites that publish, by themselves, by their structure
 * or by their département; 100 % for a network that publishes only nationally; transparent above two thirds.
 * The rate of the département is the plain mean over the networks that have sites there; a published rate
 * wins. Of régions and the nation only published rates are known.
 *
 * Who published is stored as well: it was read from the results of whole years.
 */
export async function rateTransparency(trx: QueryExecutorProvider): Promise<void> {
  await sql`
    create temporary table touched_year on commit drop as
      select distinct year, make_date(year, 1, 1) as period_start, make_date(year, 12, 31) as period_end,
             exists (select from indicators.figure f
                      where f.network_id <> 'ALL'
                        and f.period_start between make_date(year, 1, 1) and make_date(year, 12, 31)) as published
        from (select extract(year from period_start) :: integer as year from touched) t`.execute(trx);
  await sql`analyze touched_year`.execute(trx);
  await rateNetworks(trx);
  await rateTerritories(trx);
  await storePublishers(trx);
  await sql`drop table touched_year, wanted, subject`.execute(trx);
}

/** Rows of networks: those touched, and those that have none yet in a year where anybody published. */
async function rateNetworks(trx: QueryExecutorProvider): Promise<void> {
  await sql`
    delete from indicators.transparency t using touched_year y
     where t.year = y.year and t.network_id <> 'ALL'
       and (not y.published or t.network_id in (select network_id from touched))`.execute(trx);
  await findWanted(trx);
  await findPublishers(trx);
  // Every table here is small and read whole; guesses about their joins lead to loops over all pairs.
  await sql`set local enable_nestloop = off`.execute(trx);
  await sql`
    insert into indicators.transparency
      (territory_id, year, network_id, rate, basis, publishing, expected, transparent, import_id)
    with recursive scope (network_id, member_id) as (
      select id, id from directory.network where counts_in_transparency
      union
      select c.network_id, n.successor_id from scope c join directory.network n on n.id = c.member_id
       where n.successor_id is not null
    ), tree (top, bottom) as (
      select id, id from directory.structure
      union
      select t.top, s.id from tree t join directory.structure s on s.parent_id = t.bottom
    ), place as (
      select s.year, s.network_id, s.latest, coalesce(st.level, t.level) as level,
             case when st.id is null then t.id when st.level = 'DEPARTEMENT' then st.departement_id
                  when st.level = 'REGION' then st.region_id else 'FR' end as territory_id
        from subject s
        left join directory.structure st on s.kind = 'STRUCTURE' and st.id = s.id
        left join directory.territory t on s.kind = 'TERRITORY' and t.id = s.id
       where coalesce(st.level, t.level) in ('DEPARTEMENT', 'REGION', 'NATIONAL')
    ), through as (
      -- A région or the nation answers for sites only where the network publishes no finer.
      select p.* from place p join wanted w on w.year = p.year and w.network_id = p.network_id
       where p.level = 'DEPARTEMENT' or p.level = w.finest_level
    ), site as (
      select w.year, w.network_id, s.id, s.departement_id, s.region_id
        from wanted w
        join scope c on c.network_id = w.network_id
        join directory.site s on s.network_id = c.member_id and s.departement_id is not null
         and ${openDuring('s', 'w.period_start', 'w.period_end')}
       where w.finest_level <> 'NATIONAL'
    ), linked as materialized (
      -- Found from the structures down: put together with the sites at once, every site of a network would be
      -- paired with every structure of it that publishes.
      select b.year, b.network_id, l.site_id, b.latest
        from subject b
        join wanted w on w.year = b.year and w.network_id = b.network_id
        join directory.structure st on st.id = b.id
         and (st.level in ('SITE', 'DEPARTEMENT') or st.level = w.finest_level)
        join tree t on t.top = b.id
        join directory.structure_site l on l.structure_id = t.bottom
       where b.kind = 'STRUCTURE'
    ), evidence as (
      select s.year, s.network_id, s.id, b.latest from site s
        join subject b on b.year = s.year and b.network_id = s.network_id and b.kind = 'SITE' and b.id = s.id
      union all
      select s.year, s.network_id, s.id, l.latest from site s
        join linked l on l.year = s.year and l.network_id = s.network_id and l.site_id = s.id
      union all
      -- Two joins: one condition on either place would pair every site with every place of its network.
      select s.year, s.network_id, s.id, p.latest from site s
        join through p on p.year = s.year and p.network_id = s.network_id and p.territory_id = s.departement_id
      union all
      select s.year, s.network_id, s.id, p.latest from site s
        join through p on p.year = s.year and p.network_id = s.network_id and p.territory_id = s.region_id
    ), share as (
      select s.departement_id as territory_id, s.year, s.network_id, count(e.id) as publishing,
             count(*) as expected, max(e.latest) as latest
        from site s
        left join (select year, network_id, id, max(latest) as latest from evidence group by 1, 2, 3) e
          on e.year = s.year and e.network_id = s.network_id and e.id = s.id
       group by 1, 2, 3
      union all
      select d.id, w.year, w.network_id, count(p.territory_id), 1, max(p.latest)
        from wanted w
        join directory.territory d on d.level = 'DEPARTEMENT' and ${openDuring('d', 'w.period_start', 'w.period_end')}
        left join (select year, network_id, 'FR' as territory_id, max(latest) as latest from through
                    where territory_id = 'FR' group by 1, 2) p
          on p.year = w.year and p.network_id = w.network_id
       where w.finest_level = 'NATIONAL'
       group by 1, 2, 3
    )
    select territory_id, year, network_id, ${quotient(sql`100 * publishing`, sql`expected`)},
           'COMPUTED_UNWEIGHTED', publishing, expected, publishing * 3 > expected * 2, substr(latest, 20) :: uuid
      from share`.execute(trx);
  await sql`set local enable_nestloop = on`.execute(trx);
}

/** Temporary table `wanted`: networks and years to rate. */
async function findWanted(trx: QueryExecutorProvider): Promise<void> {
  await sql`
    create temporary table wanted on commit drop as
      select y.year, y.period_start, y.period_end, n.id as network_id, n.finest_level
        from touched_year y
        join directory.network n on n.counts_in_transparency
         and ${openDuring('n', 'y.period_start', 'y.period_end')}
       where y.published and not exists (
         select from indicators.transparency t where t.year = y.year and t.network_id = n.id)`.execute(trx);
  await sql`analyze wanted`.execute(trx);
}

/** Rows of territories ('ALL'): the published rate, else the mean of the networks of a département. */
async function rateTerritories(trx: QueryExecutorProvider): Promise<void> {
  await sql`
    delete from indicators.transparency t using touched_year y where t.year = y.year and t.network_id = 'ALL'
  `.execute(trx);
  await sql`
    insert into indicators.transparency
      (territory_id, year, network_id, rate, basis, publishing, expected, transparent, import_id, import_row)
    select f.territory_id, y.year, 'ALL', f.value, 'PUBLISHED', null, null, f.value * 3 > 200, f.import_id,
           f.import_row
      from touched_year y
      join indicators.figure f on f.network_id = 'ALL' and f.indicator_id = ${TRANSPARENCY_INDICATOR}
       and f.period_grain = 'YEAR' and f.period_start = y.period_start and f.typology_id = ''
    on conflict do nothing`.execute(trx);
  await sql`
    insert into indicators.transparency
      (territory_id, year, network_id, rate, basis, publishing, expected, transparent, import_id)
    select t.territory_id, y.year, 'ALL',
           ${quotient(sql`sum(100.000000000000000000000000000000 * t.publishing / t.expected)`, sql`count(*)`)},
           'COMPUTED_UNWEIGHTED', count(*) filter (where t.transparent), count(*), null,
           substr(max(to_char(i.started_at, 'YYYYMMDDHH24MISSUS') || t.import_id), 21) :: uuid
      from touched_year y
      join indicators.transparency t on t.year = y.year and t.network_id <> 'ALL'
      left join indicators.import i on i.id = t.import_id
     group by t.territory_id, y.year
    on conflict (territory_id, year, network_id) do nothing`.execute(trx);
}
