-- Units of each network that should publish in a year, at its finest level, and those that did, by whatever subject.
create table expected_completeness as
  with wanted as (
    select n.id as network_id, rank_of(n.finest_level) as level, y.year, make_date(y.year, 1, 1) as start_on,
           make_date(y.year, 12, 31) as end_on
      from network n cross join year y),
  leaf as (
    select w.network_id, w.year, w.level, s.id, s.departement_id, s.region_id
      from wanted w
      join member m on m.network_id = w.network_id
      join structure s on s.network_id = m.member_id and rank_of(s.level) = w.level
       and exists_in(s.valid_from, s.valid_to, w.start_on, w.end_on)
     where not exists (select 1 from structure c where c.parent_id = s.id and c.level = s.level)),
  own as (
    select w.network_id, w.year, w.level, s.id,
           case w.level when 2 then s.departement_id when 3 then s.region_id end as territory_id
      from wanted w
      join member m on m.network_id = w.network_id
      join site s on s.network_id = m.member_id and exists_in(s.valid_from, s.valid_to, w.start_on, w.end_on)),
  due as (
    select network_id, year, id from leaf where level > 1 or id not in (select structure_id from structure_site)
    union all
    select network_id, year, id from own where level = 1
    union all
    select distinct o.network_id, o.year, o.territory_id from own o
     where o.level in (2, 3) and o.territory_id is not null and not exists (
       select 1 from leaf l where l.network_id = o.network_id and l.year = o.year
          and case l.level when 2 then l.departement_id else l.region_id end = o.territory_id)
    union all
    select w.network_id, w.year, 'FR' from wanted w
     where w.level = 4 and not exists (select 1 from leaf l where l.network_id = w.network_id and l.year = w.year)),
  told as (select distinct network_id, year(start_on) as year, kind, subject_id from result),
  proof as (
    select network_id, year, subject_id as id from told
    union
    select t.network_id, t.year, b.bottom
      from told t
      join wanted w on w.network_id = t.network_id and w.year = t.year
      join structure s on s.id = t.subject_id and rank_of(s.level) <= w.level
      join below b on b.top = s.id and exists_in(b.valid_from, b.valid_to, w.start_on, w.end_on)
     where t.kind = 'STRUCTURE'
    union
    select t.network_id, t.year, l.id
      from told t
      join leaf l on l.network_id = t.network_id and l.year = t.year
       and t.subject_id = case l.level when 2 then l.departement_id when 3 then l.region_id when 4 then 'FR' end
     where t.kind = 'TERRITORY')
  select d.network_id, d.year, count(*) as expected, count(p.id) as publishing
    from due d left join proof p using (network_id, year, id)
   where d.network_id in (select network_id from told)
   group by 1, 2;
