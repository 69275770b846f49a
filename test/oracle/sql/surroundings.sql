-- In what surroundings each subject stands: of its commune, or of the territory that it answers for. `leaf` is where it
-- counts among the figures by density, those of overseas apart.
create table around as
  with subject as (
    select id, commune_id as territory_id from site
    union all
    select id, case level when 'SITE' then commune_id when 'DEPARTEMENT' then departement_id
                 when 'REGION' then region_id else 'FR' end from structure
    union all
    select id, id from territory)
  select s.id, a.density, case a.setting when 'OVERSEAS' then 'OVERSEAS' else a.density end as leaf
    from subject s left join surroundings a using (territory_id);
