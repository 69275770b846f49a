-- Networks side by side, for each question, territory, least degree of comparability and period (none: the latest that most
-- of them have) in asked_comparison: which indicator answers, for which period, and its figure.
create or replace table expected_comparison as
  with core as (
    select q.*, coalesce(i.core_indicator_id, i.id) as core,
           list_position(['SAME_QUESTION', 'CLOSE', 'OWN'], q.comparability) as most
      from asked_comparison q join indicator i on i.id = q.indicator_id),
  candidate as (
    select c.number, c.most, n.id as network_id, i.id as used, i.id = c.core as is_core,
           if(i.id = c.core, 'SAME_QUESTION', coalesce(i.comparability, 'OWN')) as degree
      from core c
      cross join network n
      join indicator i on (i.id = c.core or i.core_indicator_id = c.core)
       and (i.network_id is null or i.network_id = n.id)
     where exists (select 1 from shown_figure f
                    where f.network_id = n.id and f.indicator_id = i.id and f.territory_id = c.territory_id)),
  used as (
    select *, list_position(['SAME_QUESTION', 'CLOSE', 'OWN'], degree) as rank_of_degree
      from candidate where rank_of_degree <= most
    qualify row_number() over (partition by number, network_id order by rank_of_degree, is_core desc, used) = 1),
  figure as (
    select u.number, u.used, f.*
      from used u
      join asked_comparison q using (number)
      join shown_figure f on f.network_id = u.network_id and f.indicator_id = u.used and f.territory_id = q.territory_id
    qualify row_number() over (partition by u.number, f.network_id, f.period order by f.version desc) = 1),
  period as (
    select number, period, any_value(start_on) as start_on, any_value(end_on) as end_on, count(*) as networks,
           2 * count(*) > any_value(n.networks) as by_most
      from figure f join (select number, count(*) as networks from used group by 1) n using (number)
     group by 1, 2),
  chosen as (
    select p.number, p.period
      from period p join asked_comparison q using (number) where q.period is null or q.period = p.period
    qualify row_number() over (
      partition by p.number
      order by by_most desc, if(by_most, end_on, null) desc, networks desc, end_on desc, start_on) = 1)
  select q.number, n.id as network_id, u.used as indicator_id, u.degree as comparability, c.period,
         f.value, f.basis, f.suppressed, f.respondents, f.publishing, f.expected,
         case when f.value is not null then null
              when u.used is not null then if(f.suppressed is null, 'NOT_PUBLISHED', 'WITHHELD')
              when exists (select 1 from candidate k where k.number = q.number and k.network_id = n.id)
                then 'NOT_COMPARABLE' else 'NOT_PUBLISHED' end as reason
    from asked_comparison q
    cross join network n
    left join used u on u.number = q.number and u.network_id = n.id
    left join chosen c on c.number = q.number
    left join figure f on f.number = q.number and f.network_id = n.id and f.period = c.period;
