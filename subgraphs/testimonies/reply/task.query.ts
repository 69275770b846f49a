import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { TestimoniesDatabase } from '../tables.ts';
import { concernKey } from './concern-id.ts';
import type { ReplyState } from './tables.ts';

/** What a structure owes to a published testimony, as those who work on it see it. */
export interface TaskRow {
  id: string;
  network_id: string;
  testimony_id: string;
  position: number;
  structure_id: string | null;
  /** The words of the source, where no structure was recognised. */
  structure_label: string | null;
  site_id: string | null;
  status: ReplyState;
  version: number;
  sent_back_reason: string | null;
  body: string | null;
  ai_similarity: string | null;
  written_on: string;
  /** Days from the testimony to the first reply, or to today. */
  waiting_days: number;
  /** Null where the network has no duty. */
  due_on: string | null;
  overdue: boolean | null;
  /** Position of the structure that took it over, and of the one that it was taken over from. */
  handed_to: number | null;
  handed_from: number | null;
}

/** Days from the testimony to the first reply, or to today. */
const waiting = (today: string) =>
  sql<number>`(coalesce(r.first_answered_on, ${today}::date) - t.written_on)`;

/** Whether the delay of the network is over, null where it has none; what was handed on is owed no more. */
export const overdueOn = (today: string) =>
  sql<boolean>`(c.status <> 'TRANSFERRED' and ${waiting(today)} > duty.days)`;

/** The order of work: the oldest first. */
export const TASK_ORDER = sql`t.written_on, c.testimony_id, c.position`;

/** What owes a reply and all that is needed to say how: aliases c, t, r, duty. */
export const TASKS = sql`
  testimonies.concern c
  join testimonies.published_testimony t on t.id = c.testimony_id
  left join testimonies.reply r
    on r.network_id = c.network_id and r.testimony_id = c.testimony_id and r.position = c.position
  left join testimonies.reply_duty duty on duty.network_id = c.network_id`;

const neighbour = (pick: 'min' | 'max', side: '>' | '<') => sql<number | null>`(
  select ${sql.raw(pick)}(o.position) from testimonies.concern o
   where o.testimony_id = c.testimony_id and o.position ${sql.raw(side)} c.position
     and coalesce(o.origin, o.position) = coalesce(c.origin, c.position))`;

/** The columns of a task as it is today. */
export const taskColumns = (today: string): RawBuilder<TaskRow> => sql`
  c.testimony_id || ':' || c.position as id, c.network_id, c.testimony_id, c.position, c.structure_id,
  c.structure_label, c.site_id, c.status, c.version, c.sent_back_reason, r.body, r.ai_similarity, t.written_on,
  ${waiting(today)} as waiting_days, t.written_on + duty.days as due_on, ${overdueOn(today)} as overdue,
  ${neighbour('min', '>')} as handed_to, ${neighbour('max', '<')} as handed_from`;

/** Those among `ids` that the viewer of the transaction may see. */
export async function tasksById(
  db: Kysely<TestimoniesDatabase>,
  today: string,
  ids: readonly string[],
): Promise<TaskRow[]> {
  const keys = ids.map(concernKey);
  const { rows } = await sql<TaskRow>`
    select ${taskColumns(today)} from ${TASKS}
      join unnest(${keys.map(({ testimony }) => testimony)}::text[], ${keys.map(({ position }) => position)}::int[])
           as asked (testimony, position)
        on asked.testimony = c.testimony_id and asked.position = c.position`.execute(db);
  return rows;
}
