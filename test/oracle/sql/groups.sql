-- Groups of units by where they stand: by département, and by région and density together. Only what is shown of them
-- counts; of quartiles, which may stand half-way between two values, twice the value. `cut` says which grouping. What
-- answers for a whole région stands in no département, but in its région.
create table expected_group as
  with standing as (
    select u.*, u.suppressed is null as shown, case when u.level <= 2 then a.leaf end as leaf
      from unit u left join around a on a.id = u.id),
  cuts as (
    select 'DEPARTEMENT' as cut, coalesce(departement_id, region_id, '') as territory_id, '' as leaf, * exclude (leaf) from standing
    union all by name
    select 'REGION DENSITY' as cut, coalesce(region_id, '') as territory_id, coalesce(leaf, '') as leaf,
           * exclude (leaf) from standing),
  added as (
    select cut, gid, territory_id, leaf, any_value(level) as level, count(*) filter (where not shown) as withheld,
           count(*) filter (where shown) as results, sum(value) filter (where shown) as total,
           count(*) filter (where shown and numerator is not null and denominator > 0) as with_counts,
           sum(numerator) filter (where shown) as numerator, sum(denominator) filter (where shown) as denominator,
           count(respondents) filter (where shown) as with_respondents,
           sum(respondents) filter (where shown) as respondents,
           sum(value * respondents) filter (where shown) as weighted,
           list(value order by value) filter (where shown) as line
      from cuts group by all),
  based as (
    select a.*, g.unit, g.finest, g.network_id, g.indicator_id, g.version, g.period,
           case when results = 0 then null
                when g.unit = 'COUNT' or with_counts = results
                  or with_respondents = results and a.respondents > 0 then 'COMPUTED_WEIGHTED'
                -- Of averages no plain mean is made.
                when a.level <= g.finest then 'COMPUTED_UNWEIGHTED' end as basis
      from added a join grp g using (gid) where g.network_id <> 'ALL')
  select b.cut, b.network_id, b.indicator_id, b.version, b.period, b.territory_id, b.leaf, b.results, b.withheld, b.basis,
         case when b.basis is null then null
              when unit = 'COUNT' then total
              when with_counts = results then
                divided(b.numerator * case when unit in ('PERCENT', 'POINTS') then 100 else 1 end, b.denominator)
              when b.basis = 'COMPUTED_WEIGHTED' then divided(weighted, b.respondents * 1000000)
              else divided(total, results::hugeint * 1000000) end as value,
         case when with_counts = results then b.numerator end as numerator,
         case when with_counts = results then b.denominator end as denominator,
         case when with_respondents = results then b.respondents end as respondents,
         list_min(line) as lowest, list_max(line) as highest,
         line[(results + 3) // 4] + line[results // 4 + 1] as lower_twice,
         line[(results + 1) // 2] + line[results // 2 + 1] as median_twice,
         line[(3 * results + 3) // 4] + line[3 * results // 4 + 1] as upper_twice,
         f.publishing, f.expected
    from based b
    left join expected_figure f on f.gid = b.gid and f.territory_id = b.territory_id and f.typology_id = ''
     and b.territory_id like 'DEP-%';
