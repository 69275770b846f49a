import { sql } from 'kysely';
import { captureBefore } from '../../../kernel/import/before.ts';
import { reportRows } from '../../../kernel/import/checks.ts';
import {
  defineFeed,
  type ImportContext,
  type ImportTransaction,
  type MergeReport,
} from '../../../kernel/import/feed.ts';
import { FileProblem } from '../../../kernel/import/problem.ts';
import { measureSurroundings } from '../surroundings/measure.ts';
import { cogInput } from './cog.sheet.ts';
import { stageTerritories } from './cog.target.ts';
import { site, structure, territory } from './entities.ts';
import { placeSites, placeStructures } from './place.ts';
import { publishRevision, type Revision, undoInDirectory } from './revision.ts';

/**
 * A vintage of the Code officiel géographique. The file is the whole geography of its year: communes that it
 * no longer holds are closed, ids stay, sites and structures move to the commune that took over.
 */
export const cog = defineFeed({
  name: 'cog',
  subgraph: 'administrations',
  description: 'Communes, départements and régions of a vintage of the official geographic code',
  source: 'INSEE, La Poste (@etalab/decoupage-administratif)',
  licence: 'Licence Ouverte 2.0',
  input: cogInput,
  options: {
    millesime: {
      description: 'Year of the code, when the file does not say it',
      pattern: /20\d{2}/,
      expected: 'a year',
    },
  },
  scope: () => 'all',
  touchesDirectory: true,
  async check(trx) {
    await reportRows(trx, {
      code: 'UNKNOWN_DEPARTEMENT',
      severity: 'REJECTED',
      column: 'departement',
      message: 'no such département, neither in the file nor in the hub',
      sample: sql`s.parent`,
      where: sql`s.kind = 'COMMUNE'
        and not exists (select from import_row d where d.kind = 'DEPARTEMENT' and d.code = s.parent)
        and not exists (select from directory.territory d where d.id = 'DEP-' || s.parent)`,
    });
  },
  merge,
  entities: [territory, site, structure],
  async rollback(trx, context) {
    await undoInDirectory([territory, site, structure])(trx, context);
    await measureSurroundings(trx);
  },
});

async function merge(trx: ImportTransaction, context: ImportContext): Promise<MergeReport> {
  const vintage = await vintageOf(trx, context);
  await stageTerritories(trx);
  await captureBefore(
    trx,
    context.importId,
    territory,
    sql`select id from cog_territory union select id from directory.territory where is_current`,
  );
  const counts = await upsert(trx, context.importId, vintage);
  const closed = await closeVanished(trx, context.importId, vintage);
  await followMergers(trx);
  await fillCenters(trx);
  const moved = (await placeSites(trx, context.importId)) + (await placeStructures(trx, context.importId));
  await sql`analyze directory.territory`.execute(trx);
  await measureSurroundings(trx);
  await publishRevision(trx, context.importId, surroundingsMoved);
  if (moved > 0) context.notice(`${moved} sites and structures moved to another commune`);
  return { ...counts, closed, details: { vintage, moved } };
}

async function vintageOf(trx: ImportTransaction, { options, notice }: ImportContext): Promise<number> {
  const { rows } = await sql<{ code: string | null; current: number | null }>`
    select (select max(code) from import_row s where s.kind = 'VINTAGE') as code,
      (select max(vintage) from directory.territory where is_current) as current`.execute(trx);
  const vintage = Number(options['millesime'] ?? rows[0]?.code ?? Number.NaN);
  if (!Number.isInteger(vintage)) {
    throw new FileProblem(
      'BAD_OPTION',
      'the file does not say its vintage: give it with the option "millesime"',
    );
  }
  const current = rows[0]?.current ?? vintage;
  if (vintage < current)
    notice(`vintage ${vintage} is older than the one in place (${current}): it prevails`);
  return vintage;
}

async function upsert(trx: ImportTransaction, importId: string, vintage: number) {
  const { rows } = await sql<{ inserted: string; updated: string; total: string }>`
    with written as (
      insert into directory.territory as t (id, level, code, name, parent_id, departement_id, region_id,
        population, postal_codes, latitude, longitude, center_method, is_arrondissement, valid_to, merged_into,
        vintage, import_id)
      select id, level, code, name, parent_id, departement_id, region_id, population, postal_codes,
        latitude, longitude, center_method, is_arrondissement, null, merged_into, ${vintage}::int, ${importId}::uuid
      from cog_territory
      on conflict (id) do update set
        -- A former commune keeps what it was last known for; its end is that of the last vintage that held it.
        name = case when excluded.merged_into is null then excluded.name else t.name end,
        population = case when excluded.merged_into is null then excluded.population else t.population end,
        postal_codes = case when excluded.merged_into is null then excluded.postal_codes else t.postal_codes end,
        valid_to = case when excluded.merged_into is null then null
          when t.is_current then make_date(${vintage}::int - 1, 12, 31) else t.valid_to end,
        latitude = coalesce(excluded.latitude, t.latitude),
        longitude = coalesce(excluded.longitude, t.longitude),
        center_method = coalesce(excluded.center_method, t.center_method),
        parent_id = excluded.parent_id, departement_id = excluded.departement_id, region_id = excluded.region_id,
        merged_into = excluded.merged_into, vintage = excluded.vintage, import_id = excluded.import_id
      where (t.name, t.parent_id, t.departement_id, t.region_id, t.population, t.postal_codes, t.is_current, t.merged_into,
             t.vintage, t.latitude, t.longitude, t.center_method)
        is distinct from (
          case when excluded.merged_into is null then excluded.name else t.name end, excluded.parent_id,
          excluded.departement_id, excluded.region_id,
          case when excluded.merged_into is null then excluded.population else t.population end,
          case when excluded.merged_into is null then excluded.postal_codes else t.postal_codes end,
          excluded.merged_into is null, excluded.merged_into, excluded.vintage,
          coalesce(excluded.latitude, t.latitude), coalesce(excluded.longitude, t.longitude),
          coalesce(excluded.center_method, t.center_method))
      returning xmax = 0 as is_new
    )
    select count(*) filter (where is_new) as inserted, count(*) filter (where not is_new) as updated,
      (select count(*) from cog_territory) as total
    from written`.execute(trx);
  const [inserted, updated, total] = [rows[0]?.inserted, rows[0]?.updated, rows[0]?.total].map(Number);
  return {
    inserted: inserted ?? 0,
    updated: updated ?? 0,
    unchanged: (total ?? 0) - (inserted ?? 0) - (updated ?? 0),
  };
}

/** Closes what this vintage no longer holds, level by level: a file of communes alone says nothing of régions. */
async function closeVanished(trx: ImportTransaction, importId: string, vintage: number): Promise<number> {
  const { numAffectedRows } = await sql`
    update directory.territory t
    set valid_to = make_date(${vintage}::int - 1, 12, 31), import_id = ${importId}
    where t.is_current and not exists (select from cog_territory c where c.id = t.id)
      and exists (select from cog_territory c where c.level = t.level)`.execute(trx);
  return Number(numAffectedRows ?? 0);
}

/** What stands in other surroundings than before: figures of rural and urban places follow it. */
const surroundingsMoved = (revision: Revision) => sql`
  select ${revision}, 'TERRITORY', t.id, null, null, t.departement_id, t.departement_id
    from surroundings_moved m join directory.territory t on t.id = m.id`;

/** A commune merged twice points at the commune of today. */
async function followMergers(trx: ImportTransaction): Promise<void> {
  for (let step = 0; step < 10; step += 1) {
    const { numAffectedRows } = await sql`
      update directory.territory t set merged_into = heir.merged_into
      from directory.territory heir
      where heir.id = t.merged_into and heir.merged_into is not null and heir.merged_into <> t.id`.execute(
      trx,
    );
    if (!numAffectedRows) return;
  }
}

/** A commune without a centre of its own gets the middle of its post codes, else of its département. */
async function fillCenters(trx: ImportTransaction): Promise<void> {
  await sql`
    update directory.territory t
    set latitude = p.latitude, longitude = p.longitude, center_method = 'NEIGHBOURS'
    from directory.territory p
    where t.is_arrondissement and t.latitude is null and p.id = t.parent_id and p.latitude is not null`.execute(
    trx,
  );
  await sql`
    update directory.territory t
    set latitude = near.latitude, longitude = near.longitude, center_method = 'NEIGHBOURS'
    from (
      select m.id,
        coalesce(avg(n.latitude) filter (where n.postal_codes && m.postal_codes), avg(n.latitude)) as latitude,
        coalesce(avg(n.longitude) filter (where n.postal_codes && m.postal_codes), avg(n.longitude)) as longitude
      from directory.territory m
      join directory.territory n on n.departement_id = m.departement_id and n.level = 'COMMUNE'
        and n.is_current and n.latitude is not null
      where m.level = 'COMMUNE' and m.is_current and m.latitude is null
      group by m.id
    ) near
    where t.id = near.id`.execute(trx);
  // The middle of its communes is good enough to place a département or a région on a map; it follows them.
  await sql`
    update directory.territory t
    set latitude = m.latitude, longitude = m.longitude, center_method = 'NEIGHBOURS'
    from (
      select k.id, round(avg(c.latitude)::numeric, 5)::float8 as latitude,
        round(avg(c.longitude)::numeric, 5)::float8 as longitude
      from directory.territory c cross join lateral unnest(array[c.departement_id, c.region_id]) as k(id)
      where c.level = 'COMMUNE' and c.is_current and not c.is_arrondissement
      group by k.id
    ) m
    where t.id = m.id and (t.latitude, t.longitude) is distinct from (m.latitude, m.longitude)`.execute(trx);
}
