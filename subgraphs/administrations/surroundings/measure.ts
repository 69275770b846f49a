import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely';
import { type Inhabited, surroundingsOf } from './surroundings.ts';

interface Row {
  id: string;
  population: number | null;
  latitude: number | null;
  longitude: number | null;
  above: string[];
  counts: boolean;
}

/**
 * Measures the surroundings of every current territory again. Leaves the temporary table `surroundings_moved (id)`:
 * the territories that are of another class or setting than before.
 */
export async function measureSurroundings(trx: QueryExecutorProvider): Promise<void> {
  const measured = surroundingsOf(await inhabited(trx), await above(trx));
  const list = <T>(values: readonly T[], type: string): RawBuilder<unknown> =>
    sql`${values}::${sql.raw(type)}[]`;
  await sql`
    create temporary table measured on commit drop as
      select * from unnest(
        ${list(
          measured.map(({ id }) => id),
          'text',
        )},
        ${list(
          measured.map((each) => each.populationWithin10Km),
          'bigint',
        )},
        ${list(
          measured.map(({ density }) => density),
          'text',
        )},
        ${list(
          measured.map(({ setting }) => setting),
          'text',
        )}) as m (territory_id, population_within_10_km, density, setting)`.execute(trx);
  await sql`analyze measured`.execute(trx);
  await sql`
    create temporary table surroundings_moved on commit drop as
      select coalesce(s.territory_id, m.territory_id) as id
        from directory.surroundings s full join measured m on m.territory_id = s.territory_id
       where (s.density, s.setting) is distinct from (m.density, m.setting)`.execute(trx);
  await sql`
    delete from directory.surroundings s
     where not exists (select from measured m where m.territory_id = s.territory_id)`.execute(trx);
  await sql`
    insert into directory.surroundings as s (territory_id, population_within_10_km, density, setting)
    select territory_id, population_within_10_km, density, setting from measured
    on conflict (territory_id) do update
       set population_within_10_km = excluded.population_within_10_km, density = excluded.density,
           setting = excluded.setting
     where (s.population_within_10_km, s.setting)
        is distinct from (excluded.population_within_10_km, excluded.setting)`.execute(trx);
  await sql`drop table measured`.execute(trx);
  await sql`analyze directory.surroundings`.execute(trx);
}

/** Whether nothing was measured yet: a database that is older than the measure. */
export async function isUnmeasured(db: QueryExecutorProvider): Promise<boolean> {
  const { rows } = await sql<{ unmeasured: boolean }>`
    select not exists (select from directory.surroundings)
       and exists (select from directory.territory where level = 'COMMUNE') as unmeasured`.execute(db);
  return rows[0]?.unmeasured ?? false;
}

/** The current communes and arrondissements. */
export async function inhabited(db: QueryExecutorProvider): Promise<Inhabited[]> {
  const { rows } = await sql<Row>`
    with divided as (
      select distinct parent_id from directory.territory
       where is_arrondissement and is_current and population is not null)
    select t.id, t.population, t.latitude, t.longitude, array[t.departement_id, t.region_id, 'FR'] as above,
           d.parent_id is null as counts
      from directory.territory t left join divided d on d.parent_id = t.id
     where t.level = 'COMMUNE' and t.is_current`.execute(db);
  return rows.map(({ latitude, longitude, ...row }) => ({
    ...row,
    position: latitude === null || longitude === null ? null : { latitude, longitude },
  }));
}

async function above(trx: QueryExecutorProvider) {
  const { rows } = await sql<{ id: string; departement: string | null }>`
    select t.id,
           case t.level when 'DEPARTEMENT' then t.id
                        when 'REGION' then (select min(d.id) from directory.territory d
                                             where d.parent_id = t.id and d.is_current) end as departement
      from directory.territory t where t.level <> 'COMMUNE' and t.is_current`.execute(trx);
  return rows;
}
