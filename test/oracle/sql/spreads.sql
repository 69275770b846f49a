-- How the units of each group spread, among all of them and among each set of peers: the distinct values and how many units
-- have at most each, which is what every rank follows from. Of sets of fewer than ten nothing is said, but of the whole;
-- peers of one volume and any density are those of a unit of unknown place. Empty texts: any density, any volume.
create table expected_set as
  with step as (
    select gid, coalesce(density, '') as density, coalesce(volume, '') as volume, value, count(*) as units, min(id) as id
      from peer group by all),
  unplaced as (select distinct p.gid from part p left join around a on a.id = p.id where a.density is null),
  cell as (
    select gid, '' as density, '' as volume, value, sum(units) as units, min(id) as id from step group by gid, value
    union all
    select gid, density, '', value, sum(units), min(id) from step where density <> '' group by gid, density, value
    union all
    select gid, density, volume, value, units, id from step where density <> '' and volume <> ''
    union all
    select gid, '', volume, value, sum(units), min(id) from step
     where volume <> '' and gid in (select gid from unplaced) group by gid, volume, value),
  risen as (
    select *, sum(units) over (partition by gid, density, volume order by value) as up_to,
           sum(units) over (partition by gid, density, volume) as all_units
      from cell)
  select gid, density, volume, any_value(all_units) as units,
         min(value) filter (where up_to >= (all_units + 1) // 2) + min(value) filter (where up_to >= all_units // 2 + 1)
           as median_twice,
         min(value) as lowest, max(value) as highest, arg_min(id, value) as lowest_id, arg_max(id, value) as highest_id,
         -- Lists of thousands, which are alike or not: their digests do.
         md5(list(value order by value)::varchar) as rising, md5(list(up_to order by value)::varchar) as up_to
    from risen group by gid, density, volume
  having any_value(all_units) >= 10 or density = '' and volume = '';

-- Where the second and the last third of the units by users begin.
create table expected_volume as
  select gid, any_value(volume_of) as volume_of, min(users) filter (where volume = 'MEDIUM') as medium_from,
         min(users) filter (where volume = 'LARGE') as large_from
    from peer group by gid;
drop table peer;
