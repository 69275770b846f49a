-- Figures as they are shown, with their period. What is withheld beside a small sample is the hub's to choose, a fact
-- here: withheld.sql checks it.
create table shown_figure as
  with flagged as (
    select e.*, p.grain, p.start_on, p.end_on,
           case when e.too_small then 'SMALL_SAMPLE' when f.suppressed = 'COMPLEMENTARY' then f.suppressed end as suppressed
      from expected_figure e
      join (select distinct grain, start_on, end_on, period_of(grain, start_on) as period from result) p using (period)
      left join figure_flag f on f.network_id = e.network_id and f.indicator_id = e.indicator_id
       and f.version = e.version and f.period = e.period and f.territory_id = e.territory_id and f.typology_id = ''
     where e.typology_id = '')
  select network_id, indicator_id, version, period, grain, start_on, end_on, territory_id, basis, suppressed, publishing,
         expected, if(suppressed is null, value, null) as value, if(suppressed is null, numerator, null) as numerator,
         if(suppressed is null, denominator, null) as denominator,
         if(suppressed is null, respondents, null) as respondents,
         if(suppressed is null, answers_1, null) as answers_1, if(suppressed is null, answers_2, null) as answers_2,
         if(suppressed is null, answers_3, null) as answers_3, if(suppressed is null, answers_4, null) as answers_4
    from flagged;
