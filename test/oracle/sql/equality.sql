-- Deciles of the units that are shown, each counting once or as often as its users; twice their value, which may stand
-- half-way between two. x(p) is the least value that at least p of them do not exceed.
create table expected_decile as
  with sized as (
    select gid, 'UNITS' as weight, value, 1::hugeint as size from unit where suppressed is null
    union all
    select gid, 'RESPONDENTS', value, respondents from unit
     where suppressed is null and gid not in (select gid from unit where suppressed is null and respondents is null)),
  up_to as (
    select gid, weight, value, sum(size) over (partition by gid, weight order by value) as cases,
           sum(size) over (partition by gid, weight) as total
      from sized),
  tenth as (
    select gid, weight, k, (total * k + 9) // 10 as first_at, total * k // 10 + 1 as second_at
      from (select distinct gid, weight, total from up_to where total > 0), range(1, 10) t(k))
  select g.network_id, g.indicator_id, g.period, t.weight, t.k,
         min(u.value) filter (where u.cases >= first_at) + min(u.value) filter (where u.cases >= second_at) as twice
    from tenth t join up_to u using (gid, weight) join grp g using (gid)
   where g.network_id <> 'ALL'
   group by g.network_id, g.indicator_id, g.period, t.weight, t.k;

-- Figures of settings and densities: those of territories, over another map.
create table setting_of as
  select * from (values ('DENSE', 'URBAN'), ('INTERMEDIATE', 'URBAN'), ('SPARSE', 'RURAL'), ('VERY_SPARSE', 'RURAL'))
    as s (leaf, place) union all select unnest(['DENSE', 'INTERMEDIATE', 'SPARSE', 'VERY_SPARSE', 'OVERSEAS']) as leaf, leaf;

create table expected_setting as
  with added as (
    select u.gid, s.place, count(*) as units, sum(u.value) as total,
           count(*) filter (where u.numerator is not null and u.denominator > 0) as with_counts,
           sum(u.numerator) as numerator, sum(u.denominator) as denominator,
           count(u.respondents) as with_respondents, sum(u.respondents) as respondents,
           sum(u.value * u.respondents) as weighted,
           count(u.very_favourable + u.favourable + u.unfavourable + u.very_unfavourable) as with_answers,
           sum(u.very_favourable + u.favourable + u.unfavourable + u.very_unfavourable) as answers
      from unit u join unit_level l on l.gid = u.gid and l.level <= 2
      join around a on a.id = u.id join setting_of s on s.leaf = a.leaf
     group by 1, 2),
  due as (
    select g.gid, s.place, count(*) as units
      from grp g join unit_level l on l.gid = g.gid and l.level <= 2
      join register r on r.network_id = g.network_id and r.level = l.level
       and exists_in(r.valid_from, r.valid_to, g.start_on, g.end_on)
      join around a on a.id = r.id join setting_of s on s.leaf = a.leaf
     group by 1, 2),
  spoken as (
    select c.gid, s.place, count(*) as units, sum(c.extra) as extra
      from covered c join around a on a.id = c.id join setting_of s on s.leaf = a.leaf
     group by 1, 2)
  select g.network_id, g.indicator_id, g.period, a.place,
         case when g.unit = 'COUNT' or with_counts = a.units or with_respondents = a.units and a.respondents > 0
              then 'COMPUTED_WEIGHTED' else 'COMPUTED_UNWEIGHTED' end as basis,
         case when g.unit = 'COUNT' then total
              when with_counts = a.units then
                divided(numerator * case when g.unit in ('PERCENT', 'POINTS') then 100 else 1 end, denominator)
              when with_respondents = a.units and a.respondents > 0 then divided(weighted, a.respondents * 1000000)
              else divided(total, a.units::hugeint * 1000000) end as value,
         case when with_counts = a.units then numerator end as numerator,
         case when with_counts = a.units then denominator end as denominator,
         case when with_respondents = a.units then a.respondents end as respondents,
         coalesce(g.is_rate and answered(g.of_answers, if(with_respondents = a.units, a.respondents, null),
           if(with_counts = a.units, denominator, null), if(with_answers = a.units, answers, null))
           < t.respondents * 1000000, false) as too_small,
         coalesce(p.units, 0) as publishing, coalesce(d.units, 0) + coalesce(p.extra, 0) as expected
    from added a
    join grp g using (gid)
    join unit_level l using (gid)
    cross join threshold t
    left join due d on d.gid = a.gid and d.place = a.place
    left join spoken p on p.gid = a.gid and p.place = a.place
   where not (basis = 'COMPUTED_UNWEIGHTED' and l.level > g.finest);
