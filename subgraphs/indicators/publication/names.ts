import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely';
import { definitionAt, latestDefinition } from './in-force.ts';
import { periodOfDate, periodOfLabel } from './period-sql.ts';

/** In place of a network that is not known, for joins that cannot compare nulls. */
export const NOWHERE = sql`'?'`;

/** Temporary table `named_network`: what the rows call a network, and its id. */
export async function nameNetworks(trx: QueryExecutorProvider, rows: RawBuilder<unknown>): Promise<void> {
  await sql`
    create temporary table named_network on commit drop as
      select k.network_key, (
        select coalesce(max(n.id) filter (where n.id = k.network_key or n.code = k.network_key), max(a.network_id))
          from directory.network n
          left join directory.network_alias a
            on a.network_id = n.id and a.key = directory.label_key(k.network_key)) as id
        from (select distinct network_key from (${rows}) raw where network_key is not null) k`.execute(trx);
  await sql`analyze named_network`.execute(trx);
}

/** Temporary table `named_subject`: what the rows are about. `sid` is one number for all names of a subject. */
export async function nameSubjects(trx: QueryExecutorProvider, rows: RawBuilder<unknown>): Promise<void> {
  await sql`
    create temporary table named_subject on commit drop as
      with named as materialized (
        select distinct subject_kind, subject_key from (${rows}) raw
      ), found as (
        select k.subject_kind, k.subject_key, s.id, s.network_id
          from (select * from named where subject_kind = 'STRUCTURE') k
          join directory.structure s
            on s.id = case when k.subject_key like 'STR-%' then k.subject_key else 'STR-' || k.subject_key end
        union all
        select k.subject_kind, k.subject_key, s.id, s.network_id
          from (select k.*, coalesce(d.id, a.site_id, b.site_id) as site_id
                  from (select * from named where subject_kind = 'SITE') k
                  left join directory.site d
                    on d.id = case when k.subject_key like 'SITE-%' then k.subject_key else 'SITE-' || k.subject_key end
                  left join directory.site_alias a on a.alias = k.subject_key
                  left join directory.site_alias b on b.alias = 'SITE-' || k.subject_key) k
          join directory.site s on s.id = k.site_id
        union all
        select k.subject_kind, k.subject_key, t.id, null
          from (select * from named where subject_kind = 'TERRITORY') k
          join directory.territory t on t.id = k.subject_key and t.level <> 'COMMUNE'
        union all
        -- Procedures are not in the directory: their id is a key, which only their owner can judge.
        select subject_kind, subject_key, subject_key, null from named where subject_kind = 'PROCEDURE'
      )
      select *, dense_rank() over (order by id) :: integer as sid from found`.execute(trx);
  await sql`analyze named_subject`.execute(trx);
}

/**
 * Temporary table `named_group`: for what the rows say of network, indicator and period, the indicator, its
 * definition at that time and the period. `gid` is one number for all ways to say the same.
 * @param placed the rows, with `network_id`, `dated` (day of update where no period is said) and `asked_version` (of the
 *   definition; null: the one in force when the period ends)
 */
export async function nameGroups(trx: QueryExecutorProvider, placed: RawBuilder<unknown>): Promise<void> {
  await sql`
    create temporary table named_group on commit drop as
      with said as materialized (
        select distinct coalesce(network_id, ${NOWHERE}) collate "C" as network_id, coalesce(indicator_key, '') as indicator_key,
               coalesce(indicator_title, '') as indicator_title, coalesce(period_label, '') as period_label,
               coalesce(dated, '-infinity') as dated, coalesce(asked_version, 0) as asked_version
          from (${placed}) p
      ), named as (
        select k.*, (
          select i.id from indicators.indicator i
            join indicators.definition d on d.indicator_id = i.id
           where i.id = k.indicator_key or i.code = k.indicator_key or i.code = 'IND-' || k.indicator_key
              or i.id = 'IND-' || k.indicator_key
              or k.indicator_title <> '' and i.network_id = k.network_id
             and directory.label_key(d.title) = directory.label_key(k.indicator_title)
           order by i.id = k.indicator_key desc, i.code = k.indicator_key desc, i.id limit 1) as id
          from (select distinct indicator_key, indicator_title, network_id from said) k
      ), measured as (
        select p.*, i.id as indicator_id, i.network_id as indicator_network_id, ${periodOf()}
          from (select *, nullif(period_label, '') as label, nullif(dated, '-infinity') as day from said) p
          join named k on k.indicator_key = p.indicator_key and k.indicator_title = p.indicator_title
           and k.network_id = p.network_id
          left join indicators.indicator i on i.id = k.id
          left join lateral (${latestDefinition(sql`i.id`)}) f on true
      )
      select m.*, d.version as definition_version, d.unit, d.formula,
             dense_rank() over (
               order by m.network_id, m.indicator_id, m.period_start, m.period_grain, d.version) :: integer as gid
        from measured m
        left join lateral (
          select e.* from indicators.definition e where e.indicator_id = m.indicator_id and e.version = m.asked_version
          union all
          select e.* from (${definitionAt(sql`m.indicator_id`, sql`m.period_end`)}) e where m.asked_version = 0) d on true`.execute(
    trx,
  );
  await sql`analyze named_group`.execute(trx);
}

const periodOf = () => {
  const said = periodOfLabel(sql`p.label`);
  const derived = periodOfDate(sql`p.day`, sql`f.frequency`);
  const either = (name: 'grain' | 'start' | 'end') =>
    sql`case when p.label is null then ${derived[name]} else ${said[name]} end`;
  return sql`${either('grain')} as period_grain, ${either('start')} as period_start, ${either('end')} as period_end`;
};
