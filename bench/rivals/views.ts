import { statement } from '../statement.ts';

/** Whom the rivals connect as: they read these views and nothing else. */
const READER = 'bench_rival';
const PASSWORD = 'bench';

/**
 * What somebody would put before PostGraphile, or ask in SQL, for the pages of the benchmark: views over the same
 * published rows that the hub reads. `comparison` is the latest result of a site for each indicator, with the keys
 * of the figures that it is compared to; inheritance from structures, former networks and statistics that sources
 * published are left to the hub.
 */
const VIEWS = `
  drop schema if exists rivals cascade;
  create schema rivals;
  create view rivals.network as select id, name from directory.network;
  create view rivals.territory as select id, name, level from directory.territory;
  create view rivals.site as select id, name, network_id, commune_id from directory.site;
  create view rivals.definition as select indicator_id, version, user_title from indicators.definition;
  create view rivals.figure as
    select network_id, indicator_id, territory_id, period_start, period_grain, definition_version, level, value,
           basis, respondents
      from indicators.figure where typology_id = '';
  create view rivals.spread as
    select network_id, indicator_id, period_start, period_grain, definition_version, units, median,
           values_ascending[1] as lowest, values_ascending[cardinality(values_ascending)] as highest
      from indicators.spread;
  create view rivals.comparison as
    select distinct on (r.subject_id, r.indicator_id)
           r.subject_id as site_id, r.indicator_id, r.network_id, r.period_start, r.period_grain,
           r.definition_version, r.value, r.respondents, s.departement_id, s.region_id,
           'FR' collate "C" as national_id
      from indicators.published_result r
      join directory.site s on s.id = r.subject_id
     order by r.subject_id, r.indicator_id, r.period_end desc, r.period_start, r.definition_version desc;
  grant usage on schema rivals to ${READER};
  grant select on all tables in schema rivals to ${READER}`;

/** Makes the views in a database; the address with which the rivals read them. */
export async function prepareRivals(url: string): Promise<string> {
  await statement(
    url,
    `do $$ begin
       if not exists (select from pg_roles where rolname = '${READER}') then
         create role ${READER} login password '${PASSWORD}';
       end if;
     end $$`,
  );
  await statement(url, VIEWS);
  return Object.assign(new URL(url), { username: READER, password: PASSWORD }).href;
}
