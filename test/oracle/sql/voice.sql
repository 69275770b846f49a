-- Published testimonies by territory, network and feeling; replies with the days that they took; reports of documents.
create table told_of as
  select c.testimony_id, c.network_id, coalesce(s.departement_id, t.departement_id) as departement_id,
         coalesce(s.region_id, t.region_id) as region_id, c.status, m.feeling, m.written_on,
         case when c.status = 'PUBLISHED' then r.first_answered_on end as answered_on
    from concern c
    join testimony m on m.id = c.testimony_id and m.state = 'PUBLISHED'
    left join structure t on t.id = c.structure_id
    left join site s on s.id = c.site_id
    left join reply r on r.testimony_id = c.testimony_id and r.position = c.position;
create table told_at as
  select unnest([departement_id, region_id, 'FR']) as territory_id, * from told_of;
create table expected_told as
  select territory_id, network_id, feeling, count(distinct testimony_id) as testimonies
    from told_at where territory_id is not null group by all;
create table expected_delay as
  with days as (
    select territory_id, network_id, date_diff('day', written_on, answered_on) as days,
           row_number() over (partition by territory_id, network_id order by answered_on is null, answered_on - written_on)
             - 1 as nth,
           count(answered_on) over (partition by territory_id, network_id) as answered
      from told_at where territory_id is not null and status <> 'TRANSFERRED')
  -- In tenths of a day: the value at a share of the way from the first to the last, between the two around it.
  select territory_id, network_id, count(*) as expected, count(days) as answered,
         5 * (max(days) filter (where nth = (answered - 1) // 2) + max(days) filter (where nth = answered // 2))
           as median_tenths,
         max((10 - 9 * (answered - 1) % 10) * days) filter (where nth = 9 * (answered - 1) // 10)
           + coalesce(max(9 * (answered - 1) % 10 * days) filter (where nth = 9 * (answered - 1) // 10 + 1), 0)
           as p90_tenths
    from days group by 1, 2;
create table expected_funnel as
  select network_id, year(received_on) as year, count(*) as received, count(triaged_on) as triaged,
         count(rewritten_on) as rewritten, count(tested_on) as tested, count(disseminated_on) as disseminated,
         count(declined_on) as declined
    from report where published group by 1, 2;
