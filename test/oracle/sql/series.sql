-- What was published over time of the subjects in asked_series, through the networks that theirs succeeded, the newer one
-- and the newer definition first; with what breaks each series, among periods of one length.
create or replace table expected_series as
  with recursive line as (
    select distinct series_network, series_network as network_id, 0 as depth from asked_series
    union
    select l.series_network, n.id, l.depth + 1 from line l join network n on n.successor_id = l.network_id),
  point as (
    select a.*, l.depth, f.* exclude (indicator_id, territory_id, answers_1, answers_2, answers_3, answers_4, publishing, expected)
      from asked_series a
      join line l using (series_network)
      join shown_figure f on f.network_id = l.network_id and f.indicator_id = a.indicator_id
       and f.territory_id = a.subject_id
    union all by name
    select a.*, l.depth, g.network_id, g.version, g.period, g.grain, g.start_on, g.end_on, 'PUBLISHED' as basis,
           p.suppressed, if(p.suppressed is null, p.value, null) as value,
           if(p.suppressed is null, p.numerator, null) as numerator,
           if(p.suppressed is null, p.denominator, null) as denominator,
           if(p.suppressed is null, p.respondents, null) as respondents
      from asked_series a
      join line l using (series_network)
      join grp g on g.network_id = l.network_id and g.indicator_id = a.indicator_id
      join part p on p.gid = g.gid and p.id = a.subject_id and p.kind <> 'TERRITORY'),
  chosen as (
    select * from point
    qualify row_number() over (partition by series_network, indicator_id, subject_id, period order by depth, version desc) = 1)
  select *, row_number() over (partition by series_network, indicator_id, subject_id order by end_on, start_on desc) as nth,
         lag(network_id) over before as network_before, lag(version) over before as version_before,
         case when network_before <> network_id then 'NETWORK ' || network_before || ' ' || network_id
              when version_before <> version then 'DEFINITION ' || version_before || ' ' || version end as broken
    from chosen
  window before as (partition by series_network, indicator_id, subject_id, grain order by start_on);
