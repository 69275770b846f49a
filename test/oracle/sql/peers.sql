-- The rank of every unit that is shown among its peers: of its density and its third of the network by users, else of its
-- density, else of all, the first of these that are ten. Rules: docs/decisions/0017-fair-rankings.md. What is not known of a
-- unit is not asked of its peers.
create table peer as
  with shown as (
    select u.gid, u.id, u.value, case g.direction when 'HIGHER_IS_BETTER' then -u.value else u.value end as key, a.density,
           u.respondents, u.denominator, count(u.respondents) over (partition by u.gid) as asked,
           count(u.denominator) over (partition by u.gid) as cases
      from unit u join grp g using (gid) left join around a on a.id = u.id
     where u.suppressed is null),
  sized as (
    -- Whichever of the two more units tell, in millionths.
    select gid, id, value, key, density,
           case when asked >= cases then 1000000 * respondents else denominator end as users,
           case when asked + cases > 0 then if(asked >= cases, 'RESPONDENTS', 'DENOMINATOR') end as volume_of
      from shown)
  select *, case when users is not null then
           ['SMALL', 'MEDIUM', 'LARGE'][
             1 + 3 * (rank() over (partition by gid order by users nulls last) - 1) // count(users) over (partition by gid)]
         end as volume
    from sized;

create table expected_peer as
  with counted as (
    select gid, id, density is not null as has_density, volume is not null as has_volume,
           count(*) over same as of_same, rank() over (same order by key) as in_same,
           count(*) over alike as of_alike, rank() over (alike order by key) as in_alike,
           count(*) over around as of_around, rank() over (around order by key) as in_around,
           count(*) over every as of_every, rank() over (every order by key) as in_every
      from peer
    window same as (partition by gid, density, volume), alike as (partition by gid, volume),
           around as (partition by gid, density), every as (partition by gid)),
  chosen as (
    select gid, id,
           case when has_density and has_volume and of_same >= 10 then [in_same, of_same]
                when not has_density and has_volume and of_alike >= 10 then [in_alike, of_alike]
                when has_density and of_around >= 10 then [in_around, of_around]
                else [in_every, of_every] end as place
      from counted)
  select gid, id, place[1] as peer_place, place[2] as peers from chosen;

alter table expected_unit add column peer_place bigint;
alter table expected_unit add column peers bigint;
update expected_unit e set peer_place = p.peer_place, peers = p.peers
  from expected_peer p join grp g using (gid)
 where p.id = e.subject_id and g.network_id = e.network_id and g.indicator_id = e.indicator_id
   and g.version = e.version and g.period = e.period;
