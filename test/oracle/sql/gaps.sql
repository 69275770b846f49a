-- How far the units in asked_gap are from their département, région and nation, and whether the gap to the nation is more
-- than chance. An interval is in no exact arithmetic: it is found in floating point here, and only its sign is read.
create or replace macro favourable_of(formula, n, d, a1, a2, respondents, value) as
  case when formula = 'NET' then coalesce(a1 + a2, (n + d) / 2e6, respondents * (100 + value / 1e6) / 200)
       else coalesce(n / 1e6, if(formula = 'FAVOURABLE', coalesce(a1 + a2, value * respondents / 1e8), null)) end::double;
create or replace macro cases_of(formula, d, a1, a2, a3, a4, respondents) as
  coalesce(if(formula = 'NET', a1 + a2 + a3 + a4, null), d / 1e6,
           if(formula <> 'RATIO', coalesce(a1 + a2 + a3 + a4, respondents), null))::double;
-- Wilson's score interval of a share of n cases; z is 1.96 for 95 %.
create or replace macro wilson(p, n, sign) as
  least(1, greatest(0, (p + 3.841458820694124 / (2 * n)
    + sign * 1.959963984540054 * sqrt(greatest(0, p * (1 - p) / n + 3.841458820694124 / (4 * n * n))))
    / (1 + 3.841458820694124 / n)));

create or replace table expected_gap as
  with own as (
    select g.network_id, g.indicator_id, g.version, g.period, g.direction, d.formula, u.id as subject_id, u.departement_id,
           u.region_id, u.suppressed, if(u.suppressed is null, u.value, null) as value, u.numerator, u.denominator,
           u.respondents, u.very_favourable as a1, u.favourable as a2, u.unfavourable as a3, u.very_unfavourable as a4
      from asked_gap a join unit u on u.gid = a.gid and u.id = a.id join grp g on g.gid = a.gid
      join definition d on d.indicator_id = g.indicator_id and d.version = g.version),
  around_it as (
    select l.*, dep.value as of_departement, reg.value as of_region, nat.value as of_nation,
           favourable_of(formula, l.numerator, l.denominator, a1, a2, l.respondents, l.value) as here,
           cases_of(formula, l.denominator, a1, a2, a3, a4, l.respondents) as here_of,
           favourable_of(formula, nat.numerator, nat.denominator, nat.answers_1, nat.answers_2, nat.respondents,
             nat.value) as everywhere,
           cases_of(formula, nat.denominator, nat.answers_1, nat.answers_2, nat.answers_3, nat.answers_4, nat.respondents)
             as everywhere_of, nat.basis <> 'PUBLISHED' as is_made_of_units
      from own l
      left join shown_figure dep on dep.network_id = l.network_id and dep.indicator_id = l.indicator_id
       and dep.version = l.version and dep.period = l.period and dep.territory_id = l.departement_id
      left join shown_figure reg on reg.network_id = l.network_id and reg.indicator_id = l.indicator_id
       and reg.version = l.version and reg.period = l.period and reg.territory_id = l.region_id
      left join shown_figure nat on nat.network_id = l.network_id and nat.indicator_id = l.indicator_id
       and nat.version = l.version and nat.period = l.period and nat.territory_id = 'FR'),
  -- What a unit is compared with: the others, where the nation is computed of units and of nothing else; the nation as
  -- if it held other answers, where that was published; its value, where it does not say how many there are.
  beside_it as (
    select *, everywhere is not null and everywhere_of is not null as is_counted,
           coalesce(is_made_of_units and everywhere_of > here_of and everywhere - here between 0 and everywhere_of - here_of,
             false) as is_part
      from around_it),
  shares as (
    select *, here / here_of as p, everywhere_of - if(is_part, here_of, 0) as beside_of,
           (everywhere - if(is_part, here, 0)) / beside_of as q, beside_of / everywhere_of as shrunk,
           if(formula = 'NET', (of_nation / 1e8 + 1) / 2, of_nation / 1e8) as fixed
      from beside_it),
  bounds as (
    select *, wilson(p, here_of, -1) as p_low, wilson(p, here_of, 1) as p_high,
           if(is_counted, wilson(q, beside_of, -1), null) as q_low, if(is_counted, wilson(q, beside_of, 1), null) as q_high
      from shares),
  gap as (
    -- In points, of which two decimals are told: zero is outside when it is outside of these.
    select *, if(formula = 'NET', 200, 100) as points,
           if(is_counted, points * shrunk * (p - q - sqrt((p - p_low) ** 2 + (q_high - q) ** 2)),
              points * (p_low - fixed)) as low,
           if(is_counted, points * shrunk * (p - q + sqrt((p_high - p) ** 2 + (q - q_low) ** 2)),
              points * (p_high - fixed)) as high
      from bounds)
  select network_id, indicator_id, period, subject_id, value, value - of_departement as to_departement,
         value - of_region as to_region, value - of_nation as to_nation,
         if(direction = 'HIGHER_IS_BETTER', value > of_nation, value < of_nation) as is_better,
         case when value is null or of_nation is null or coalesce(formula, '') not in ('RATIO', 'FAVOURABLE', 'NET')
                or here_of is null or here is null then null
              -- All the answers are its own: nothing to tell apart.
              when here = everywhere and here_of = everywhere_of then false
              else greatest(low, -high) >= 0.005 end as is_significant
    from gap;
