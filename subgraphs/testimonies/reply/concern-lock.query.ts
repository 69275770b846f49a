import { type QueryExecutorProvider, sql } from 'kysely';
import type { Agent } from '../../../kernel/postgres/agent.ts';
import type { TestimonyState } from '../moderation/tables.ts';
import type { TestimoniesDatabase } from '../tables.ts';
import type { ConcernKey } from './concern-id.ts';
import type { ReplyState } from './tables.ts';

/** Where the structure that owes a reply stands. */
export interface ConcernPlace {
  network_id: string;
  structure_id: string | null;
  site_id: string | null;
}

/** What a structure owes, which no other command changes until the transaction ends. */
export interface LockedConcern extends ConcernPlace {
  testimony_id: string;
  position: number;
  origin: number | null;
  channels: string[];
  status: ReplyState;
  version: number;
  testimony_state: TestimonyState;
  written_on: string;
}

/** Where a concern that the viewer may see stands; null for an unknown one and one out of reach alike. */
export async function placeOf(
  agent: Agent<TestimoniesDatabase>,
  { testimony, position }: ConcernKey,
): Promise<ConcernPlace | null> {
  const { rows } = await agent((trx) =>
    sql<ConcernPlace>`
      select network_id, structure_id, site_id from testimonies.concern
       where testimony_id = ${testimony} and position = ${position}`.execute(trx),
  );
  return rows[0] ?? null;
}

/** Locks the testimony, as imports and the moderation do first, then the concern where it was seen. */
export async function lockConcern(
  trx: QueryExecutorProvider,
  { testimony, position }: ConcernKey,
  place: ConcernPlace,
): Promise<LockedConcern | null> {
  await sql`select from testimonies.testimony where id = ${testimony} for update`.execute(trx);
  const { rows } = await sql<LockedConcern>`
    select c.network_id, c.testimony_id, c.position, c.origin, c.structure_id, c.site_id, c.channels, c.status, c.version,
           t.state as testimony_state, t.written_on
      from testimonies.concern c join testimonies.testimony t on t.id = c.testimony_id
     where c.testimony_id = ${testimony} and c.position = ${position} and c.network_id = ${place.network_id}
       and c.structure_id is not distinct from ${place.structure_id}
       and c.site_id is not distinct from ${place.site_id} for update of c`.execute(trx);
  return rows[0] ?? null;
}

/** Its state after a command, and one version more. */
export async function writeConcern(
  trx: QueryExecutorProvider,
  { testimony_id, position }: Pick<LockedConcern, 'testimony_id' | 'position'>,
  { status, sentBackReason }: { status: ReplyState; sentBackReason: string | null | undefined },
): Promise<void> {
  const reason = sentBackReason === undefined ? sql`sent_back_reason` : sql`${sentBackReason}`;
  await sql`
    update testimonies.concern
       set status = ${status}, sent_back_reason = ${reason}, version = version + 1
     where testimony_id = ${testimony_id} and position = ${position}`.execute(trx);
}
