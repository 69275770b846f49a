-- Every unit with its place among those that are shown, and the spread of each group. What is withheld is a fact here:
-- withheld.sql checks it.
create table expected_unit as
  select g.network_id, g.indicator_id, g.version, g.period, u.id as subject_id, u.value,
         rank() over (partition by u.gid order by case g.direction when 'HIGHER_IS_BETTER' then -u.value else u.value end)
           as place,
         count(*) over (partition by u.gid) as of
    from unit u join grp g using (gid) where u.suppressed is null;

create table expected_spread as
  with placed as (
    select gid, value, row_number() over (partition by gid order by value) as nth, count(*) over (partition by gid) as units
      from unit where suppressed is null)
  select g.network_id, g.indicator_id, g.version, g.period, any_value(p.units) as units,
         -- Twice the median, which may stand half-way between two units.
         max(value) filter (where nth = (units + 1) // 2) + max(value) filter (where nth = units // 2 + 1) as median_twice,
         min(value) as lowest, max(value) as highest
    from placed p join grp g using (gid) group by g.network_id, g.indicator_id, g.version, g.period;
