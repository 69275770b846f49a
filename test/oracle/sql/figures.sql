-- The figure of each territory: published by the source, else made of the units in it.
create table kinds as
  select gid from unit where typology_id is not null group by gid having count(distinct typology_id) > 1;

create table added as
  with placed as (
    select unnest([case when u.level <= 2 then u.departement_id end, case when u.level <= 3 then u.region_id end, 'FR'])
             as territory_id, u.*
      from unit u),
  both_ways as (
    select '' as kind_of, * from placed
    union all
    select typology_id, * from placed where typology_id is not null and gid in (select gid from kinds))
  select gid, territory_id, kind_of as typology_id, count(*) as units, sum(value) as total,
         count(*) filter (where numerator is not null and denominator > 0) as with_counts,
         sum(numerator) as numerator, sum(denominator) as denominator,
         count(respondents) as with_respondents, sum(respondents) as respondents,
         sum(value * respondents) as weighted,
         count(*) filter (where very_favourable is not null and favourable is not null and unfavourable is not null
                                and very_unfavourable is not null) as with_answers,
         sum(very_favourable) as very_favourable, sum(favourable) as favourable, sum(unfavourable) as unfavourable,
         sum(very_unfavourable) as very_unfavourable
    from both_ways where territory_id is not null group by 1, 2, 3;

create table published as
  with told as (
    select p.*, case p.level when 2 then p.departement_id when 3 then p.region_id else 'FR' end as territory_id
      from part p where p.level > 1 and p.kind <> 'SITE'),
  in_charge as (
    select t.gid, t.id, t.territory_id, t.typology_id as kind, count(*) as structures,
           count(*) filter (where s.typology_id = t.typology_id) as of_kind
      from told t
      join grp g using (gid)
      join structure o on o.id = t.id
      join structure s on s.network_id = o.network_id and s.level = o.level
       and exists_in(s.valid_from, s.valid_to, g.start_on, g.end_on)
       and case t.level when 2 then s.departement_id when 3 then s.region_id else 'FR' end = t.territory_id
     where t.kind = 'STRUCTURE' group by all),
  offered as (
    select gid, id, territory_id, '' as typology_id, 1 as preference from told where kind = 'TERRITORY'
    union all
    select gid, id, territory_id, '', 2 from in_charge where structures = 1
    union all
    select gid, id, territory_id, kind, 2 from in_charge where of_kind = 1 and gid in (select gid from kinds))
  select gid, territory_id, typology_id, arg_min(id, preference) as source_id from offered group by 1, 2, 3;

create table expected_figure as
  with every as (select gid, territory_id, typology_id from added union select gid, territory_id, typology_id from published),
  made as (
    select e.*, o.source_id, g.unit, g.is_rate, g.of_answers, g.finest, u.level as unit_level, p.value as own_value,
           p.numerator as own_numerator, p.denominator as own_denominator, p.respondents as own_respondents,
           p.very_favourable as own_1, p.favourable as own_2, p.unfavourable as own_3, p.very_unfavourable as own_4,
           a.* exclude (gid, territory_id, typology_id),
           case when o.source_id is not null then 'PUBLISHED'
                when g.unit = 'COUNT' or a.with_counts = a.units
                  or a.with_respondents = a.units and a.respondents > 0 then 'COMPUTED_WEIGHTED'
                else 'COMPUTED_UNWEIGHTED' end as basis
      from every e
      join grp g using (gid)
      left join unit_level u using (gid)
      left join added a on a.gid = e.gid and a.territory_id = e.territory_id and a.typology_id = e.typology_id
      left join published o on o.gid = e.gid and o.territory_id = e.territory_id and o.typology_id = e.typology_id
      left join part p on p.gid = o.gid and p.id = o.source_id),
  valued as (
    select gid, territory_id, typology_id, basis, source_id, is_rate, of_answers,
           case when basis = 'PUBLISHED' then own_value
                when unit = 'COUNT' then total
                when with_counts = units then
                  divided(numerator * case when unit in ('PERCENT', 'POINTS') then 100 else 1 end, denominator)
                when basis = 'COMPUTED_WEIGHTED' then divided(weighted, respondents * 1000000)
                else divided(total, units::hugeint * 1000000) end as value,
           case when basis = 'PUBLISHED' then own_numerator when with_counts = units then numerator end as numerator,
           case when basis = 'PUBLISHED' then own_denominator when with_counts = units then denominator end
             as denominator,
           case when basis = 'PUBLISHED' then own_respondents when with_respondents = units then respondents end
             as respondents,
           case when basis = 'PUBLISHED' then own_1 when with_answers = units then very_favourable end as answers_1,
           case when basis = 'PUBLISHED' then own_2 when with_answers = units then favourable end as answers_2,
           case when basis = 'PUBLISHED' then own_3 when with_answers = units then unfavourable end as answers_3,
           case when basis = 'PUBLISHED' then own_4 when with_answers = units then very_unfavourable end as answers_4
      from made where not (basis = 'COMPUTED_UNWEIGHTED' and unit_level > finest))
  select g.network_id, g.indicator_id, g.version, g.period, v.* exclude (of_answers),
         coalesce(v.is_rate and answered(v.of_answers, v.respondents, v.denominator,
           answers_1 + answers_2 + answers_3 + answers_4) < t.respondents * 1000000, false) as too_small,
         case when coalesce(c.expected, 0) = 0 then 1 else c.publishing end as publishing,
         case when coalesce(c.expected, 0) = 0 then 1 else c.expected end as expected
    from valued v
    join grp g using (gid)
    cross join threshold t
    left join coverage c on c.gid = v.gid and c.territory_id = v.territory_id and c.typology_id = v.typology_id;
