import { type Kysely, type QueryExecutorProvider, sql } from 'kysely';
import type { LockedConcern } from '../reply/concern-lock.query.ts';
import type { ActionRow } from '../reply/tables.ts';
import type { TestimoniesDatabase } from '../tables.ts';

/** What was done about these testimonies, in the words of those who did it, the earliest first. */
export function actionsOf(
  db: Kysely<TestimoniesDatabase>,
  testimonies: readonly string[],
): Promise<ActionRow[]> {
  return db
    .selectFrom('testimonies.published_action')
    .select([
      'testimony_id',
      'position',
      'network_id',
      'structure_id',
      'site_id',
      'engaged_on',
      'words',
      'plan_id',
    ])
    .where(sql<boolean>`testimony_id = any(${[...testimonies]}::text[])`)
    .orderBy('engaged_on')
    .orderBy('position')
    .execute();
}

/** An action as it is written. */
export interface Engaged {
  on: string;
  words: string;
  plan: string | null;
}

/** The action of a structure, null when it has engaged none. */
export async function engagedBy(
  trx: QueryExecutorProvider,
  { testimony_id, position }: LockedConcern,
): Promise<Pick<Engaged, 'on' | 'plan'> | null> {
  const { rows } = await sql<Pick<Engaged, 'on' | 'plan'>>`
    select engaged_on as "on", plan_id as plan from testimonies.engaged_action
     where testimony_id = ${testimony_id} and position = ${position}`.execute(trx);
  return rows[0] ?? null;
}

/** Writes the action of a structure, in the place of the one that it had said. */
export async function saveEngaged(
  trx: QueryExecutorProvider,
  { network_id, testimony_id, position }: LockedConcern,
  { on, words, plan }: Engaged,
): Promise<void> {
  await sql`
    insert into testimonies.engaged_action (network_id, testimony_id, position, engaged_on, words, plan_id)
    values (${network_id}, ${testimony_id}, ${position}, ${on}::date, ${words}, ${plan})
    on conflict (network_id, testimony_id, position) do update set
      engaged_on = excluded.engaged_on, words = excluded.words, plan_id = excluded.plan_id`.execute(trx);
}

/**
 * The testimony has its badge from the earliest day that is known: that of a file stays, one that a structure takes
 * back by saying another does not.
 */
export async function showEngaged(
  trx: QueryExecutorProvider,
  { testimony_id }: LockedConcern,
  formerDay: string | null,
): Promise<void> {
  await sql`
    update testimonies.testimony t
       set action_engaged = true,
           action_engaged_on = least(
             nullif(t.action_engaged_on, ${formerDay}::date),
             (select min(a.engaged_on) from testimonies.engaged_action a where a.testimony_id = t.id))
     where t.id = ${testimony_id}`.execute(trx);
}
