import { type Kysely, type RawBuilder, sql } from 'kysely';
import { type InScope, type Slice, type Sorted, type SortOrder, scopesOf, slices, text } from '../keyset.ts';
import { holdsWords } from '../search.ts';
import type { AdministrationsDatabase } from '../tables.ts';
import type { AnnouncedDelay, DelayCriteria, Procedure, ProcedureCriteria } from './procedure.ts';

type Database = Kysely<AdministrationsDatabase>;

const columns = sql`procedure.id, procedure.name, procedure.network_id as "networkId", procedure.flagship,
  procedure.url, procedure.import_id as "importId"`;
const BY_NAME: SortOrder = { columns: [text(sql`procedure.name_key`), text(sql`procedure.id`)] };

/** Those of the ids that exist. */
export async function proceduresById(db: Database, ids: readonly string[]): Promise<Procedure[]> {
  const { rows } = await sql<Procedure>`
    select ${columns} from administrations.procedure procedure where procedure.id = any(${ids})`.execute(db);
  return rows;
}

/** A slice of the procedures of each network (or of all together, under the key `*`), by name. */
export async function listProcedures(
  db: Database,
  networks: readonly string[] | null,
  criteria: ProcedureCriteria,
  slice: Slice,
): Promise<(Procedure & Sorted & InScope)[]> {
  const inScope = networks ? sql`procedure.network_id = scope.id` : sql`true`;
  const { rows } = await slices<Procedure>({
    scopes: scopesOf(networks ?? ['*']),
    columns,
    rows: sql`administrations.procedure procedure where ${inScope} and ${matches(criteria)}`,
    by: BY_NAME,
    slice,
  }).execute(db);
  return rows;
}

/** How many procedures each network has that match; key `*` for all together. */
export async function countProcedures(
  db: Database,
  networks: readonly string[] | null,
  criteria: ProcedureCriteria,
): Promise<{ id: string; count: number }[]> {
  const { rows } = await sql<{ id: string; count: number }>`
    select ${networks ? sql`procedure.network_id` : sql`'*'`} as id, count(*)::int as count
    from administrations.procedure procedure
    where ${networks ? sql`procedure.network_id = any(${networks})` : sql`true`} and ${matches(criteria)}
    group by 1`.execute(db);
  return rows;
}

const matches = ({ flagship, search }: ProcedureCriteria): RawBuilder<boolean> =>
  sql`${flagship === null ? sql`true` : sql`procedure.flagship = ${flagship}`}
    and ${search === null ? sql`true` : holdsWords(sql`procedure.name_key`, search)}`;

/**
 * The latest announcement of each procedure per territory and channel. With a territory: one per channel, its
 * own or that of the closest territory above it.
 */
export async function announcedDelays(
  db: Database,
  procedures: readonly string[],
  { territory, channel }: DelayCriteria,
): Promise<AnnouncedDelay[]> {
  const { rows } = await sql<AnnouncedDelay>`
    with recursive place as (
      select id, coalesce(merged_into, parent_id) as above, 0 as distance
      from directory.territory where id = ${territory}
      union all
      select above.id, coalesce(above.merged_into, above.parent_id), place.distance + 1
      from place join directory.territory above on above.id = place.above
    )
    select distinct on (delay.procedure_id, ${territory === null ? sql`delay.territory_id,` : sql``} delay.channel)
      delay.procedure_id as "procedureId", delay.territory_id as "territoryId", delay.channel, delay.days,
      delay.announced_on as "announcedOn", delay.import_id as "importId", coalesce(place.distance > 0, false) as inherited
    from administrations.announced_delay delay left join place on place.id = delay.territory_id
    where delay.procedure_id = any(${procedures})
      and ${territory === null ? sql`true` : sql`place.id is not null`}
      and ${channel === null ? sql`true` : sql`delay.channel = ${channel}`}
    order by delay.procedure_id, ${territory === null ? sql`delay.territory_id,` : sql``} delay.channel,
      place.distance, delay.announced_on desc`.execute(db);
  return rows;
}
