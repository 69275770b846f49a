import { type QueryExecutorProvider, sql } from 'kysely';
import { lockTransaction, publicationLock } from '../../../kernel/import/locks.ts';
import { connect } from '../../../kernel/postgres/database.ts';
import { inhabited, isUnmeasured, measureSurroundings } from '../surroundings/measure.ts';
import type { Position } from '../surroundings/space-tree.ts';
import { surroundingsById } from '../surroundings/surroundings.query.ts';
import type { AdministrationsDatabase } from '../tables.ts';
import { type Access, accessOf, type Home } from './access.ts';

/**
 * Brings access to sites up to the latest publication of the directory, in one transaction; and surroundings, where a
 * database is older than they are. Costs one statement when nothing was published since.
 */
export async function refreshAccess(databaseUrl: string): Promise<void> {
  const db = connect<AdministrationsDatabase>(databaseUrl, 'administrations', 'owner', { max: 1 });
  try {
    if ((await behind(db)) === null) return;
    await db.transaction().execute(async (trx) => {
      await lockTransaction(trx, publicationLock('administrations'));
      const publication = await behind(trx);
      if (publication === null) return;
      if (await isUnmeasured(trx)) await measureFirst(trx);
      await store(trx, accessOf(await homes(trx), await sites(trx)));
      await sql`update administrations.access_state set publication = ${publication}::bigint`.execute(trx);
    });
  } finally {
    await db.destroy();
  }
}

/** The latest publication, when access was computed on an earlier one. */
async function behind(db: QueryExecutorProvider): Promise<string | null> {
  const { rows } = await sql<{ latest: string }>`
    select i.latest
      from administrations.access_state s,
           (select coalesce(max(publication), 0) as latest from administrations.import) i
     where s.publication <> i.latest`.execute(db);
  return rows[0]?.latest ?? null;
}

/** What rests on the surroundings is told by a revision that they are there now; one entity is enough to say so. */
async function measureFirst(trx: QueryExecutorProvider): Promise<void> {
  await measureSurroundings(trx);
  await sql`
    with made as (
      insert into directory.revision (number) select coalesce(max(number), 0) + 1 from directory.revision
      returning number)
    insert into directory.change (revision, entity, id)
    select number, 'TERRITORY', 'FR' from made`.execute(trx);
}

async function homes(trx: Parameters<typeof surroundingsById>[0]): Promise<Home[]> {
  const places = (await inhabited(trx)).filter(({ counts }) => counts);
  const around = await surroundingsById(
    trx,
    places.map(({ id }) => id),
  );
  const known = new Map(around.map((each) => [each.id, each]));
  return places.flatMap(({ id, population, position, above }) => {
    if (population === null || population === 0 || position === null) return [];
    const { density = null, setting = null } = known.get(id) ?? {};
    return [{ people: population, position, above: above.filter(Boolean), density, setting }];
  });
}

/** Open sites of each network; one whose position nobody gave stands at the centre of its commune. */
async function sites(trx: QueryExecutorProvider): Promise<Map<string, Position[]>> {
  const { rows } = await sql<Position & { network: string }>`
    select s.network_id as network, coalesce(s.latitude, c.latitude) as latitude,
           coalesce(s.longitude, c.longitude) as longitude
      from directory.site s left join directory.territory c on c.id = s.commune_id
     where s.network_id is not null and s.valid_to is null
       and coalesce(s.latitude, c.latitude) is not null
     order by s.network_id`.execute(trx);
  return Map.groupBy(rows, ({ network }) => network);
}

async function store(trx: QueryExecutorProvider, rows: readonly Access[]): Promise<void> {
  const column = (key: keyof Access, type: string) => sql`${rows.map((row) => row[key])}::${sql.raw(type)}[]`;
  await sql`delete from administrations.access`.execute(trx);
  await sql`
    insert into administrations.access (network_id, territory_id, place, population, median_m, p90_m, within_5_km,
      within_10_km, within_20_km)
    select * from unnest(${column('network', 'text')}, ${column('territory', 'text')}, ${column('part', 'text')},
      ${column('population', 'bigint')}, ${column('medianM', 'integer')}, ${column('p90M', 'integer')},
      ${column('within5Km', 'bigint')}, ${column('within10Km', 'bigint')}, ${column('within20Km', 'bigint')})`.execute(
    trx,
  );
}
