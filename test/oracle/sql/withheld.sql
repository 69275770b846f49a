-- What is withheld without need, and what is shown that should not be. That no sum gives a withheld unit away is solved
-- as a system by rollup/figures.db.test.ts; here, each rule by itself.
create or replace table wrongly as
  with shown as (
    select g.gid, f.* exclude (network_id, indicator_id, version, period)
      from figure_flag f join grp g using (network_id, indicator_id, version, period)),
  small as (select distinct gid from part where too_small),
  within as (
    select l.gid as long_gid, s.gid as short_gid, l.indicator_id = s.indicator_id and l.version = s.version as alike
      from grp s join grp l on l.network_id = s.network_id and l.start_on <= s.start_on and l.end_on >= s.end_on
       and l.gid <> s.gid and l.grain <> s.grain),
  -- A longer period withholds what a shorter one within it does, also of another indicator of the question.
  groups_with_small as (
    select gid from small union select long_gid from within where short_gid in (select gid from small)),
  cell as (
    select u.gid, f.territory_id, count(*) as units, count(u.suppressed) as withheld, any_value(f.suppressed) as figure,
           any_value(f.basis) as basis
      from unit u
      join unit_level l on l.gid = u.gid
      join shown f on f.gid = u.gid and f.typology_id = ''
       and f.territory_id = case greatest(l.level, 2) when 2 then u.departement_id when 3 then u.region_id else 'FR' end
     group by 1, 2)
  select 'a result of too few answers is shown, or another called so' as what, gid, id from part
   where too_small and suppressed is null
      or suppressed = 'SMALL_SAMPLE' and not too_small
  union all
  select 'a value other than what its parts give', gid, id from part where value <> given
  union all
  select 'a result withheld beside none that needs it', gid, id from part
   where suppressed = 'COMPLEMENTARY' and gid not in (select gid from groups_with_small)
  union all
  select 'a figure withheld beside none that needs it', gid, territory_id || ' ' || typology_id from shown
   where suppressed = 'COMPLEMENTARY' and gid not in (select gid from groups_with_small)
  union all
  select 'a single withheld unit below a sum that is shown', gid, territory_id from cell
   where withheld = 1 and units > 1 and figure is null and basis <> 'PUBLISHED'
  union all
  select 'a longer period shows what a shorter one withholds', w.long_gid, p.id
    from (select * from within where alike) w
    join part p on p.gid = w.short_gid and p.suppressed is not null
    join part q on q.gid = w.long_gid and q.id = p.id and q.suppressed is null
  union all
  select 'a longer period shows a figure that a shorter one withholds', w.long_gid, s.territory_id
    from (select * from within where alike) w
    join shown s on s.gid = w.short_gid and s.suppressed is not null
    join shown l on l.gid = w.long_gid and l.territory_id = s.territory_id and l.typology_id = s.typology_id
     and l.suppressed is null
  union all
  select 'a figure by typology shown where a unit is withheld', s.gid, s.territory_id || ' ' || s.typology_id
    from shown s
   where s.typology_id <> '' and s.suppressed is null and exists (
     select 1 from unit u where u.gid = s.gid and u.suppressed is not null
        and s.territory_id in (u.departement_id, u.region_id, 'FR'));
