import { type QueryExecutorProvider, sql } from 'kysely';
import { computedBasis, computedValue } from './computed.ts';
import { openDuring } from './levels.ts';

/**
 * Temporary table `fig`: the figure of each territory, before anything is withheld. A value that the source
 * published for the level wins: that of the territory itself, else of the only structure that answers for it.
 * Else the parts are weighted by their denominators, or their respondents, when all of them have these; else
 * their plain mean, unless they are averages themselves. Counts are added.
 */
export async function makeFigures(trx: QueryExecutorProvider): Promise<void> {
  await sql`
    create temporary table fig on commit drop as
      with at_level as (
        select p.*, case p.level when 2 then p.departement_id when 3 then p.region_id else 'FR' end as territory_id
          from part p where p.level > 1 and p.kind <> 'SITE'
      ), alone as (
        select p.gid, p.id, p.level, p.territory_id, p.typology_id, count(s.id) as structures,
               count(s.id) filter (where s.typology_id = p.typology_id) as same_typology
          from at_level p
          join touched t on t.gid = p.gid
          join directory.structure o on o.id = p.id
          join directory.structure s on s.network_id = o.network_id and s.level = o.level
           and ${openDuring('s', 't.period_start', 't.period_end')}
           and case p.level when 2 then s.departement_id when 3 then s.region_id else 'FR' end = p.territory_id
         where p.kind = 'STRUCTURE'
         group by 1, 2, 3, 4, 5
      ), published as (
        select distinct on (gid, level, territory_id, typology_id) *
          from (
            select p.gid, p.level, p.territory_id, '' as typology_id, p.id, 1 as preference
              from at_level p where p.kind = 'TERRITORY'
            union all
            select gid, level, territory_id, '', id, 2 from alone where structures = 1
            union all
            select gid, level, territory_id, typology_id, id, 2 from alone
             where same_typology = 1 and typology_id is not null
               and gid in (select gid from cell where typology_id <> '')) o
         order by gid, level, territory_id, typology_id, preference
      )
      select coalesce(c.gid, o.gid) as gid, coalesce(c.level, o.level) as level, c.unit_level, c.parent_id,
             coalesce(c.territory_id, o.territory_id) as territory_id,
             coalesce(c.typology_id, o.typology_id) as typology_id, o.id as source_id, c.parts,
             case when o.id is not null then 'PUBLISHED'
                  else ${computedBasis} end as basis,
             case when o.id is not null then p.value else ${computedValue} end as value,
             case when o.id is not null then p.numerator
                  when c.with_ratio = c.parts then c.numerator end as numerator,
             case when o.id is not null then p.denominator
                  when c.with_ratio = c.parts then c.denominator end as denominator,
             case when o.id is not null then p.respondents
                  when c.with_respondents = c.parts then c.respondents :: integer end as respondents,
             ${distribution('very_favourable')}, ${distribution('favourable')},
             ${distribution('unfavourable')}, ${distribution('very_unfavourable')},
             case when o.id is not null then p.updated_on else c.updated_on end as updated_on,
             case when o.id is not null then p.import_id else l.import_id end as import_id,
             case when o.id is not null then p.import_row
                  when c.parts = 1 then c.import_row end as import_row,
             -- Published, and of as many answers or cases as the units shown: it is their sum.
             coalesce(c.with_respondents = c.parts and p.respondents = c.respondents
               or c.with_ratio = c.parts and p.denominator = c.denominator, false) as is_total,
             null :: text as hidden
        from cell c
        full join published o on o.gid = c.gid and o.level = c.level and o.territory_id = c.territory_id
         and o.typology_id = c.typology_id
        left join at_level p on p.gid = o.gid and p.id = o.id
        left join origin l on l.origin = c.origin
        join touched t on t.gid = coalesce(c.gid, o.gid)`.execute(trx);
  // Values that stand for more than the network's finest units are averages already: no plain mean of them.
  await sql`
    delete from fig f using touched t
     where t.gid = f.gid and f.source_id is null and f.basis = 'COMPUTED_UNWEIGHTED' and f.unit_level > t.finest
  `.execute(trx);
  await sql`analyze fig`.execute(trx);
}

const distribution = (column: string) => sql`
  case when o.id is not null then ${sql.ref(`p.${column}`)}
       when c.with_distribution = c.parts then ${sql.ref(`c.${column}`)} :: integer end as ${sql.ref(column)}`;

/** Replaces the stored figures of the touched groups; a withheld figure keeps its coverage only. */
export async function storeFigures(trx: QueryExecutorProvider): Promise<void> {
  await sql`
    delete from indicators.figure f using touched t
     where f.network_id = t.network_id and f.indicator_id = t.indicator_id
       and f.definition_version = t.definition_version and f.period_start = t.period_start
       and f.period_grain = t.period_grain`.execute(trx);
  const shown = (column: string) => sql`case when f.hidden is null then ${sql.ref(`f.${column}`)} end`;
  await sql`
    insert into indicators.figure (network_id, indicator_id, definition_version, period_grain, period_start,
      period_end, typology_id, level, territory_id, value, basis, suppressed, numerator, denominator, respondents,
      very_favourable, favourable, unfavourable, very_unfavourable, publishing, expected, import_id, import_row,
      updated_on)
    select t.network_id, t.indicator_id, t.definition_version, t.period_grain, t.period_start, t.period_end,
           f.typology_id, (array['SITE', 'DEPARTEMENT', 'REGION', 'NATIONAL'])[f.level], f.territory_id,
           ${shown('value')}, f.basis, f.hidden, ${shown('numerator')}, ${shown('denominator')}, ${shown('respondents')},
           ${shown('very_favourable')}, ${shown('favourable')}, ${shown('unfavourable')},
           ${shown('very_unfavourable')},
           -- A published figure of a territory where no unit is known stands for itself.
           case when coalesce(c.expected, 0) = 0 then 1 else c.publishing end,
           case when coalesce(c.expected, 0) = 0 then 1 else c.expected end,
           f.import_id, f.import_row, f.updated_on
      from fig f
      join touched t on t.gid = f.gid
      left join coverage c on c.gid = f.gid and c.level = f.level and c.territory_id = f.territory_id
       and c.typology_id = f.typology_id
     where f.territory_id not like '?%'`.execute(trx);
}
