-- How many units of each territory should publish, and how many the units that did publish speak for.
create table register as
  with wanted as (select distinct g.network_id, u.level from grp g join unit_level u using (gid)),
  leaf as (
    select w.network_id, w.level, s.id, s.departement_id, s.region_id, s.typology_id, s.valid_from, s.valid_to
      from wanted w
      join member m on m.network_id = w.network_id
      join structure s on s.network_id = m.member_id and rank_of(s.level) = w.level
     where not exists (select 1 from structure c where c.parent_id = s.id and c.level = s.level)),
  own as (
    select w.network_id, w.level, s.*
      from wanted w join member m on m.network_id = w.network_id join site s on s.network_id = m.member_id),
  area as (
    select network_id, level, case level when 2 then departement_id when 3 then region_id else 'FR' end as id,
           any_value(case when level = 2 then departement_id end) as departement_id,
           any_value(case when level <= 3 then region_id end) as region_id,
           min(coalesce(valid_from, date '0001-01-01')) as valid_from,
           max(coalesce(valid_to, date '9999-12-31')) as valid_to
      from own where level > 1 group by 1, 2, 3),
  every as (
    select network_id, level, id, departement_id, region_id, typology_id, valid_from, valid_to from leaf
     where level > 1 or id not in (select structure_id from structure_site)
    union all
    select o.network_id, o.level, o.id, o.departement_id, o.region_id, p.typology_id, o.valid_from, o.valid_to
      from own o join place p on p.kind = 'SITE' and p.id = o.id where o.level = 1
    union all
    select a.network_id, a.level, a.id, a.departement_id, a.region_id, null, a.valid_from, a.valid_to
      from area a
     where a.id is not null and not exists (
       select 1 from leaf l where l.network_id = a.network_id and l.level = a.level
          and case l.level when 2 then l.departement_id when 3 then l.region_id else 'FR' end = a.id))
  select e.network_id, e.level, e.id, e.typology_id, e.valid_from, e.valid_to,
         case when e.level <= 2 then e.departement_id end as departement_id,
         case when e.level <= 3 then coalesce(d.region_id, d.parent_id, e.region_id) end as region_id
    from every e left join territory d on d.id = e.departement_id;

create table covered as
  with open_unit as (
    select u.gid, u.kind, u.id, u.level, u.departement_id, u.region_id, u.typology_id, g.network_id, g.start_on, g.end_on
      from unit u join grp g using (gid)),
  found as (
    select u.gid, u.id as unit_id, r.id, r.departement_id, r.region_id, r.typology_id
      from open_unit u
      join register r on r.network_id = u.network_id and r.level = u.level and r.id = u.id
       and exists_in(r.valid_from, r.valid_to, u.start_on, u.end_on)
    union all
    select u.gid, u.id, r.id, r.departement_id, r.region_id, r.typology_id
      from open_unit u
      join below b on b.top = u.id and exists_in(b.valid_from, b.valid_to, u.start_on, u.end_on)
      join register r on r.network_id = u.network_id and r.level = u.level and r.id = b.bottom
       and exists_in(r.valid_from, r.valid_to, u.start_on, u.end_on)
     where u.kind = 'STRUCTURE'
    union all
    select u.gid, u.id, r.id, r.departement_id, r.region_id, r.typology_id
      from open_unit u
      join register r on r.network_id = u.network_id and r.level = u.level
       and r.departement_id is not distinct from u.departement_id and r.region_id is not distinct from u.region_id
       and exists_in(r.valid_from, r.valid_to, u.start_on, u.end_on)
     where u.kind = 'TERRITORY')
  select distinct gid, id, departement_id, region_id, typology_id, 0 as extra from found
  union all
  select gid, id, departement_id, region_id, typology_id, 1 from open_unit u
   where not exists (select 1 from found f where f.gid = u.gid and f.unit_id = u.id);

create table coverage as
  with due as (
    -- The same for every indicator of a period.
    select p.network_id, p.level, p.start_on, p.end_on, r.departement_id, r.region_id, r.typology_id, count(*) as units
      from (select distinct g.network_id, u.level, g.start_on, g.end_on from grp g join unit_level u using (gid)) p
      join register r on r.network_id = p.network_id and r.level = p.level
       and exists_in(r.valid_from, r.valid_to, p.start_on, p.end_on)
     group by all),
  counted as (
    select g.gid, d.departement_id, d.region_id, d.typology_id, 0 as publishing, d.units as expected
      from grp g join unit_level u using (gid)
      join due d on d.network_id = g.network_id and d.level = u.level and d.start_on = g.start_on and d.end_on = g.end_on
    union all
    select gid, departement_id, region_id, typology_id, count(*), sum(extra) from covered group by all),
  placed as (
    select gid, unnest([departement_id, region_id, 'FR']) as territory_id, typology_id, publishing, expected from counted)
  select gid, territory_id, '' as typology_id, sum(publishing) as publishing, sum(expected) as expected
    from placed where territory_id is not null group by all
  union all
  select gid, territory_id, typology_id, sum(publishing), sum(expected)
    from placed where territory_id is not null and typology_id is not null group by all;
