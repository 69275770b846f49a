import { type QueryExecutorProvider, sql } from 'kysely';
import type { LockedConcern } from './concern-lock.query.ts';

type Key = Pick<LockedConcern, 'network_id' | 'testimony_id' | 'position'>;

/** Whether there is a text to publish. */
export async function hasText(trx: QueryExecutorProvider, { testimony_id, position }: Key): Promise<boolean> {
  const { rows } = await sql`
    select from testimonies.reply
     where testimony_id = ${testimony_id} and position = ${position} and trim(body) <> ''`.execute(trx);
  return rows.length > 0;
}

/** Writes the text of a reply; the day of the first reply stays as it is. */
export async function saveText(
  trx: QueryExecutorProvider,
  { network_id, testimony_id, position }: Key,
  { body, aiSimilarity }: { body: string; aiSimilarity: string | null },
): Promise<void> {
  await sql`
    insert into testimonies.reply (network_id, testimony_id, position, body, ai_similarity)
    values (${network_id}, ${testimony_id}, ${position}, ${body}, ${aiSimilarity}::numeric)
    on conflict (network_id, testimony_id, position) do update set
      body = excluded.body, ai_similarity = excluded.ai_similarity`.execute(trx);
}

/** The similarity that is stored, null for none. */
export async function similarityOf(
  trx: QueryExecutorProvider,
  { testimony_id, position }: Key,
): Promise<string | null> {
  const { rows } = await sql<{ ai_similarity: string | null }>`
    select ai_similarity from testimonies.reply
     where testimony_id = ${testimony_id} and position = ${position}`.execute(trx);
  return rows[0]?.ai_similarity ?? null;
}

/**
 * Gives a reply its first day, today and never before the testimony, unless it has one already.
 * @returns that day
 */
export async function datedReply(
  trx: QueryExecutorProvider,
  { testimony_id, position, written_on }: Key & Pick<LockedConcern, 'written_on'>,
  today: string,
): Promise<string | null> {
  const { rows } = await sql<{ day: string }>`
    update testimonies.reply
       set first_answered_on = coalesce(
             first_answered_on, greatest(${today}::date, ${written_on}::date))
     where testimony_id = ${testimony_id} and position = ${position}
    returning first_answered_on as day`.execute(trx);
  return rows[0]?.day ?? null;
}

/** What was drafted of a reply, put away. */
export async function dropText(trx: QueryExecutorProvider, key: Key): Promise<void> {
  await sql`
    delete from testimonies.reply
     where testimony_id = ${key.testimony_id} and position = ${key.position}`.execute(trx);
  await dropAiDraft(trx, key);
}

/** Keeps the last draft of an AI for the comparisons to come; without a new one, gives the one that is kept. */
export async function keepAiDraft(
  trx: QueryExecutorProvider,
  { testimony_id, position }: Key,
  body: string | null,
): Promise<string | null> {
  if (body === null) {
    const { rows } = await sql<{ body: string }>`
      select body from testimonies.ai_draft
       where testimony_id = ${testimony_id} and position = ${position}`.execute(trx);
    return rows[0]?.body ?? null;
  }
  await sql`
    insert into testimonies.ai_draft (testimony_id, position, body) values (${testimony_id}, ${position}, ${body})
    on conflict (testimony_id, position) do update set body = excluded.body`.execute(trx);
  return body;
}

export async function dropAiDraft(
  trx: QueryExecutorProvider,
  { testimony_id, position }: Key,
): Promise<void> {
  await sql`
    delete from testimonies.ai_draft
     where testimony_id = ${testimony_id} and position = ${position}`.execute(trx);
}
