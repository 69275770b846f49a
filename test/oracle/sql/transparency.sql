-- Shares of the sites that publish, by département, network and year; then the plain mean of the networks.
create table year as select distinct year(start_on) as year from result where network_id <> 'ALL';
create table rated as
  select y.year, n.id as network_id, n.finest_level, make_date(y.year, 1, 1) as start_on, make_date(y.year, 12, 31) as end_on
    from year y join network n on n.counts_in_transparency
     and exists_in(n.valid_from, n.valid_to, make_date(y.year, 1, 1), make_date(y.year, 12, 31));
create table share as
  with told as (
    select distinct w.year, w.network_id, w.finest_level, r.kind, r.subject_id
      from rated w join result r on r.network_id = w.network_id and year(r.start_on) = w.year),
  own as (
    select w.year, w.network_id, s.id, s.departement_id, s.region_id
      from rated w join member m on m.network_id = w.network_id
      join site s on s.network_id = m.member_id and s.departement_id is not null
       and exists_in(s.valid_from, s.valid_to, w.start_on, w.end_on)
     where w.finest_level <> 'NATIONAL'),
  through as (
    select t.year, t.network_id, case coalesce(s.level, x.level) when 'NATIONAL' then 'FR'
             when 'DEPARTEMENT' then coalesce(s.departement_id, x.id) else coalesce(s.region_id, x.id) end as territory_id
      from told t
      left join structure s on t.kind = 'STRUCTURE' and s.id = t.subject_id
      left join territory x on t.kind = 'TERRITORY' and x.id = t.subject_id
     where coalesce(s.level, x.level) in ('DEPARTEMENT', t.finest_level) and coalesce(s.level, x.level) <> 'SITE'),
  proof as (
    select o.year, o.network_id, o.id from own o
      join told t on t.year = o.year and t.network_id = o.network_id and t.kind = 'SITE' and t.subject_id = o.id
    union
    select t.year, t.network_id, b.bottom
      from told t
      join structure s on s.id = t.subject_id and (s.level in ('SITE', 'DEPARTEMENT') or s.level = t.finest_level)
      join below b on b.top = t.subject_id
     where t.kind = 'STRUCTURE'
    union
    select o.year, o.network_id, o.id from own o
      join through p on p.year = o.year and p.network_id = o.network_id
       and (p.territory_id = o.departement_id or p.territory_id = o.region_id))
  select o.departement_id as territory_id, o.year, o.network_id, count(p.id) as publishing, count(*) as expected
    from own o left join proof p on p.year = o.year and p.network_id = o.network_id and p.id = o.id
   group by 1, 2, 3
  union all
  select d.id, w.year, w.network_id, count(p.territory_id), 1
    from rated w
    join territory d on d.level = 'DEPARTEMENT' and exists_in(d.valid_from, d.valid_to, w.start_on, w.end_on)
    left join (select distinct * from through where territory_id = 'FR') p
      on p.year = w.year and p.network_id = w.network_id
   where w.finest_level = 'NATIONAL' group by 1, 2, 3;
create table expected_transparency as
  select territory_id, year, network_id, divided(publishing::hugeint * 100, expected::hugeint) as rate, publishing, expected
    from share
  union all
  -- Exact shares: brought to one denominator, thirty decimals being more than anybody can tell apart.
  select territory_id, year, 'ALL', divided(sum(100 * publishing::hugeint * 1000000000000000000 // expected),
           count(*)::hugeint * 1000000000000000000), null, null
    from share where (territory_id, year) not in (
      select subject_id, year(start_on) from result
       where network_id = 'ALL' and indicator_id = 'IND-BAROMETRE-TRANSPARENCE')
   group by 1, 2;
