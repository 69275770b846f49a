import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely';
import { periodOfDate, periodOfLabel } from './period-sql.ts';

/**
 * Temporary table `candidate`: staged rows with what they name found in the directory and among indicators, and
 * the parts of their value completed. A row that names something unknown is there too, with a null id.
 *
 * @param rows query of: record, line, network_key (id, code or name; null: that of the subject), subject_kind,
 *   subject_key, indicator_key (id or code), indicator_title (second chance), period_label (null: from
 *   updated_on and the frequency of the indicator), value, numerator, denominator, respondents, the four
 *   answers, updated_on
 * @param options `networkOfSubject`: a label that no network has is only a label, the subject says the network
 */
export async function findCandidates(
  trx: QueryExecutorProvider,
  rows: RawBuilder<unknown>,
  options: { networkOfSubject?: boolean } = {},
): Promise<void> {
  const fallback = options.networkOfSubject ? sql`coalesce(n.id, s.network_id)` : sql`n.id`;
  await sql`
    create temporary table candidate on commit drop as
      with raw as materialized (${rows}),
      network as (
        select k.network_key, (
          select coalesce(max(n.id) filter (where n.id = k.network_key or n.code = k.network_key), max(a.network_id))
            from directory.network n
            left join directory.network_alias a
              on a.network_id = n.id and a.key = directory.label_key(k.network_key)) as id
          from (select distinct network_key from raw where network_key is not null) k
      ), subject as (
        select k.subject_kind, k.subject_key, s.id, s.network_id, null as level
          from (select distinct subject_kind, subject_key from raw where subject_kind = 'STRUCTURE') k
          join directory.structure s
            on s.id = case when k.subject_key like 'STR-%' then k.subject_key else 'STR-' || k.subject_key end
        union all
        select k.subject_kind, k.subject_key, s.id, s.network_id, null
          from (select k.*, coalesce(d.id, a.site_id, b.site_id) as site_id
                  from (select distinct subject_kind, subject_key from raw where subject_kind = 'SITE') k
                  left join directory.site d
                    on d.id = case when k.subject_key like 'SITE-%' then k.subject_key else 'SITE-' || k.subject_key end
                  left join directory.site_alias a on a.alias = k.subject_key
                  left join directory.site_alias b on b.alias = 'SITE-' || k.subject_key) k
          join directory.site s on s.id = k.site_id
        union all
        select k.subject_kind, k.subject_key, t.id, null, t.level
          from (select distinct subject_kind, subject_key from raw where subject_kind = 'TERRITORY') k
          join directory.territory t on t.id = k.subject_key and t.level <> 'COMMUNE'
        union all
        -- Procedures are not in the directory: their id is a key, which only their owner can judge.
        select distinct subject_kind, subject_key, subject_key, null, null from raw where subject_kind = 'PROCEDURE'
      ), placed as (
        select raw.*, s.id as subject_id, s.network_id as subject_network_id,
               case when raw.network_key is null or raw.network_key = 'ALL'
                    then coalesce(raw.network_key, s.network_id) else ${fallback} end as network_id
          from raw
          left join network n on n.network_key = raw.network_key
          left join subject s on s.subject_kind = raw.subject_kind and s.subject_key = raw.subject_key
      ), named as (
        select k.indicator_key, k.indicator_title, k.network_id, (
          select i.id from indicators.indicator i
            join indicators.definition d on d.indicator_id = i.id
           where i.id = k.indicator_key or i.code = k.indicator_key or i.code = 'IND-' || k.indicator_key
              or i.id = 'IND-' || k.indicator_key
              or i.network_id = k.network_id and directory.label_key(d.title) = directory.label_key(k.indicator_title)
           order by i.id = k.indicator_key desc, i.code = k.indicator_key desc, i.id limit 1) as id
          from (select distinct indicator_key, indicator_title, network_id from placed) k
      ), measured as (
        select p.*, i.id as indicator_id, i.network_id as indicator_network_id, ${periodOf()}
          from placed p
          left join named k on k.indicator_key is not distinct from p.indicator_key
           and k.indicator_title is not distinct from p.indicator_title
           and k.network_id is not distinct from p.network_id
          left join indicators.indicator i on i.id = k.id
          left join lateral (
            select d.frequency from indicators.definition d
             where d.indicator_id = i.id order by d.version desc limit 1) f on true
      )
      select m.*, d.version as definition_version, d.unit, d.formula, ${parts()}
        from measured m
        left join lateral (
          -- The definition in force at the end of the period; the first one for what is older than any.
          select d.version, d.unit, d.formula from indicators.definition d
           where d.indicator_id = m.indicator_id
           order by d.valid_from is null or d.valid_from <= m.period_end desc,
                    case when d.valid_from is null or d.valid_from <= m.period_end then -d.version else d.version end
           limit 1) d on true`.execute(trx);
  await sql`alter table candidate add primary key (record)`.execute(trx);
  await sql`analyze candidate`.execute(trx);
}

const periodOf = () => {
  const said = periodOfLabel(sql`p.period_label`);
  const derived = periodOfDate(sql`p.updated_on`, sql`f.frequency`);
  const either = (name: 'grain' | 'start' | 'end') =>
    sql`case when p.period_label is null then ${derived[name]} else ${said[name]} end`;
  return sql`${either('grain')} as period_grain, ${either('start')} as period_start,
    ${either('end')} as period_end, p.period_label is null as period_inferred`;
};

/**
 * Numerator and denominator as given, or as the answers give them; the value that they make by the formula of
 * the definition (by its unit where no formula is declared).
 */
const parts = () => {
  const answers = sql`(m.very_favourable + m.favourable + m.unfavourable + m.very_unfavourable)`;
  const favourable = sql`
    case d.formula when 'FAVOURABLE' then m.very_favourable + m.favourable
                   when 'NET' then m.very_favourable + m.favourable - m.unfavourable - m.very_unfavourable end`;
  return sql`${answers} as answers, ${favourable} as answers_numerator,
    coalesce(m.numerator, ${favourable}) as known_numerator,
    coalesce(m.denominator, case when d.formula in ('FAVOURABLE', 'NET') then ${answers} end) as known_denominator,
    coalesce(m.respondents, ${answers}) as known_respondents,
    case when d.unit in ('PERCENT', 'POINTS') then 100 else 1 end as factor`;
};
