-- Which results are the units of publication of each group: everything that a network published for one indicator,
-- definition and period. Rules: docs/decisions/0004-figures.md, written here a second time. Values are counted in
-- millionths, as whole numbers: nothing is divided but at the end, and rounded once, half away from zero.
create macro rank_of(level) as list_position(['SITE', 'DEPARTEMENT', 'REGION', 'NATIONAL'], level);
create macro exists_in(valid_from, valid_to, start_on, end_on) as
  (valid_from is null or valid_from <= end_on) and (valid_to is null or valid_to > start_on);
create macro millionths(x) as cast(cast(x as decimal(38, 6)) * 1000000 as hugeint);
create macro divided(n, d) as
  case when n >= 0 then (2 * n * 1000000 + d) // (2 * d) else -((2 * -n * 1000000 + d) // (2 * d)) end;

-- As periods are asked for: 2023, 2023-S1, 2023-T3, 2023-07.
create macro period_of(grain, start_on) as case grain
  when 'YEAR' then strftime(start_on, '%Y') when 'MONTH' then strftime(start_on, '%Y-%m')
  when 'QUARTER' then strftime(start_on, '%Y-T') || quarter(start_on)
  else strftime(start_on, '%Y-S') || (quarter(start_on) + 1) // 2 end;

-- The least that counts say of how many answered: the denominator of a question, or of marks, is its answers.
create macro answered(of_answers, respondents, denominator, answers) as
  least(respondents::hugeint * 1000000, if(of_answers, least(denominator, answers::hugeint * 1000000), null));

create table grp as
  select row_number() over () as gid, r.*, period_of(r.grain, r.start_on) as period, d.unit, d.direction, d.unit in ('PERCENT', 'POINTS', 'SCORE_10') as is_rate,
         coalesce(d.formula in ('FAVOURABLE', 'NET'), false) or d.unit = 'SCORE_10' as of_answers,
         coalesce(rank_of(n.finest_level), 1) as finest
    from (select distinct network_id, indicator_id, version, grain, start_on, end_on from result
           where kind <> 'PROCEDURE') r
    join definition d on d.indicator_id = r.indicator_id and d.version = r.version
    left join network n on n.id = r.network_id;

-- A network lives on in its successors: their sites and structures are its own.
create table member as
  with recursive chain as (
    select id as network_id, id as member_id from network
    union
    select c.network_id, n.successor_id from chain c join network n on n.id = c.member_id
     where n.successor_id is not null)
  select * from chain;

-- Everything that stands below a structure, with the days of the link where it is a site.
create table below as
  with recursive tree as (
    select id as top, id as bottom from structure
    union
    select t.top, s.id from tree t join structure s on s.parent_id = t.bottom)
  select top, bottom, null::date as valid_from, null::date as valid_to from tree where top <> bottom
  union
  select t.top, l.site_id, l.valid_from, l.valid_to from tree t join structure_site l on l.structure_id = t.bottom;

create table place as
  with raw as (
    select 'SITE' as kind, s.id, 1 as level, s.departement_id, s.region_id, k.typology_id
      from site s
      left join (select l.site_id, min(t.typology_id) as typology_id
                   from structure_site l join structure t on t.id = l.structure_id group by 1) k on k.site_id = s.id
    union all
    select 'STRUCTURE', id, rank_of(level), departement_id, region_id, typology_id from structure
    union all
    select 'TERRITORY', id, rank_of(level), case level when 'DEPARTEMENT' then id end,
           case level when 'REGION' then id else region_id end, null
      from territory)
  select r.kind, r.id, r.level, r.typology_id, case when r.level <= 2 then r.departement_id end as departement_id,
         case when r.level <= 3 then coalesce(d.region_id, d.parent_id, r.region_id) end as region_id
    from raw r left join territory d on d.id = r.departement_id;

create table part as
  select g.gid, r.kind, r.subject_id as id, p.level, p.departement_id, p.region_id, p.typology_id,
         -- A value that its parts give is made of them again.
         case when r.numerator is not null and r.denominator > 0 and g.unit <> 'COUNT' then
                divided(millionths(r.numerator) * case when g.unit in ('PERCENT', 'POINTS') then 100 else 1 end,
                        millionths(r.denominator))
              else millionths(r.value) end as value,
         millionths(r.value) as given, millionths(r.numerator) as numerator, millionths(r.denominator) as denominator,
         r.respondents::hugeint as respondents, r.very_favourable, r.favourable, r.unfavourable, r.very_unfavourable,
         r.suppressed,
         coalesce(g.is_rate and answered(g.of_answers, r.respondents, millionths(r.denominator),
           r.very_favourable + r.favourable + r.unfavourable + r.very_unfavourable) < t.respondents * 1000000, false)
           as too_small
    from result r
    join grp g using (network_id, indicator_id, version, grain, start_on, end_on)
    join place p on p.kind = r.kind and p.id = r.subject_id
    cross join threshold t;

create table unit_level as
  select p.gid, arg_min(p.level, case when p.level <= g.finest then g.finest - p.level else 10 + p.level end) as level
    from (select distinct gid, level from part) p join grp g using (gid)
   where g.network_id <> 'ALL' group by 1;

create table candidate as select p.* from part p join unit_level u on u.gid = p.gid and u.level = p.level;
create table spoken_for as
  select distinct c.gid, c.id
    from candidate c
    join grp g using (gid)
    join below b on b.top = c.id and exists_in(b.valid_from, b.valid_to, g.start_on, g.end_on)
    join candidate q on q.gid = c.gid and q.id = b.bottom
   where c.kind = 'STRUCTURE';
create table unit as
  with left_over as (select * from candidate anti join spoken_for using (gid, id)),
  beside as (
    select t.gid, t.id from left_over t
      join left_over s on s.gid = t.gid and s.kind = 'STRUCTURE'
       and s.departement_id is not distinct from t.departement_id and s.region_id is not distinct from t.region_id
     where t.kind = 'TERRITORY')
  select * from left_over anti join beside using (gid, id);
drop table candidate;
