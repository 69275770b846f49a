-- Scores of online procedures, and of each network the share of those that are shown that have eight of ten and more: its
-- national figure of the common core, unless it has one by itself.
create table expected_score as
  select r.network_id, r.version, r.grain, r.start_on, r.end_on, period_of(r.grain, r.start_on) as period,
         r.subject_id, coalesce(answered(true, r.respondents, millionths(r.denominator),
           r.very_favourable + r.favourable + r.unfavourable + r.very_unfavourable) < t.respondents * 1000000, false)
           as too_small, r.suppressed,
         r.numerator is not null and r.denominator > 0 as has_parts,
         if(has_parts, divided(millionths(r.numerator), millionths(r.denominator)), millionths(r.value)) as value,
         -- By its parts, where it has some: 7.9999996 is written as eight.
         if(has_parts, r.numerator >= 8 * r.denominator, r.value >= 8) as is_good,
         millionths(r.numerator) as numerator, millionths(r.denominator) as denominator, r.respondents
    from result r cross join threshold t
   where r.kind = 'PROCEDURE' and r.indicator_id = 'IND-SCORE_DEMARCHE';

insert into expected_figure by name
  with counted as (
    select network_id, period, end_on, 'IND-QUALITE_DEMARCHES' as indicator_id, count(*) as expected,
           count(*) filter (where suppressed is null) as publishing,
           count(*) filter (where suppressed is null and is_good) as good
      from expected_score group by network_id, period, end_on),
  defined as (
    -- The definition in force when the period ends; the first one for what is older than any.
    select c.*, coalesce(max(d.version) filter (where d.valid_from is null or d.valid_from <= c.end_on), min(d.version))
             as version
      from counted c join definition d using (indicator_id) where c.publishing > 0 group by all)
  select network_id, indicator_id, version, period, 'FR' as territory_id, '' as typology_id, 'COMPUTED_WEIGHTED' as basis,
         divided(100 * good::hugeint, publishing::hugeint) as value, 1000000 * good::hugeint as numerator,
         1000000 * publishing::hugeint as denominator, false as too_small, publishing, expected
    from defined d
   where not exists (
     select 1 from expected_figure f
      where f.network_id = d.network_id and f.indicator_id = d.indicator_id and f.version = d.version
        and f.period = d.period and f.territory_id = 'FR' and f.typology_id = '');
