-- The rank of every unit that is shown among its peers: of its density and its third of the network by users, else of its
-- density, else of all, the first of these that are ten. Rules: docs/decisions/0017-fair-rankings.md. What is not known of a
-- unit is not asked of its peers.
create table expected_peer as
  with shown as (
    select u.gid, u.id, case g.direction when 'HIGHER_IS_BETTER' then -u.value else u.value end as key, a.density,
           -- Whichever of the two more units tell.
           case when count(u.respondents) over (partition by u.gid) >= count(u.denominator) over (partition by u.gid)
                then u.respondents else u.denominator end as users
      from unit u join grp g using (gid) left join around a on a.id = u.id
     where u.suppressed is null),
  thirds as (
    select *, case when users is not null then
             3 * (rank() over (partition by gid order by users nulls last) - 1) // count(users) over (partition by gid)
           end as third
      from shown),
  counted as (
    select gid, id, density is not null as has_density, third is not null as has_third,
           count(*) over same as of_same, rank() over (same order by key) as in_same,
           count(*) over alike as of_alike, rank() over (alike order by key) as in_alike,
           count(*) over around as of_around, rank() over (around order by key) as in_around,
           count(*) over every as of_every, rank() over (every order by key) as in_every
      from thirds
    window same as (partition by gid, density, third), alike as (partition by gid, third),
           around as (partition by gid, density), every as (partition by gid)),
  chosen as (
    select gid, id,
           case when has_density and has_third and of_same >= 10 then [in_same, of_same]
                when not has_density and has_third and of_alike >= 10 then [in_alike, of_alike]
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
