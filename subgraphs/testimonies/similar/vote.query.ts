import { randomBytes } from 'node:crypto';
import { type QueryExecutorProvider, sql } from 'kysely';
import { HubError } from '../../../kernel/errors.ts';

/** Unknown and not public are the same. */
export const noTestimony = () => new HubError('NOT_FOUND', 'No such testimony.');

/**
 * The secret of a public testimony under which its votes are marked, made for the first of them.
 * @throws HubError NOT_FOUND
 */
export async function secretOf(db: QueryExecutorProvider, testimony: string): Promise<Buffer> {
  const found = await sql<{ secret: Buffer | null }>`
    select s.secret from testimonies.published_testimony t
      left join testimonies.similar s on s.testimony_id = t.id where t.id = ${testimony}`.execute(db);
  const [row] = found.rows;
  if (row === undefined) throw noTestimony();
  if (row.secret !== null) return row.secret;
  const { rows } = await sql<{ secret: Buffer }>`
    insert into testimonies.similar as s (testimony_id, secret)
    select id, ${randomBytes(32)} from testimonies.published_testimony where id = ${testimony}
    on conflict (testimony_id) do update set secret = coalesce(s.secret, excluded.secret)
    returning secret`.execute(db);
  if (rows[0] === undefined) throw noTestimony();
  return rows[0].secret;
}

/** Votes on one testimony take turns, and only while it is public. @throws HubError NOT_FOUND, CONFLICT */
export async function lockVotes(
  trx: QueryExecutorProvider,
  testimony: string,
  secret: Buffer,
): Promise<void> {
  const { rows } = await sql<{ same: boolean }>`
    select s.secret = ${secret} as same from testimonies.similar s
      join testimonies.testimony t on t.id = s.testimony_id and t.state = 'PUBLISHED'
     where s.testimony_id = ${testimony} for update of s`.execute(trx);
  if (rows[0] === undefined) throw noTestimony();
  // A purge forgot it between the two statements: a mark under it would be worth nothing.
  if (!rows[0].same) throw new HubError('CONFLICT', 'The votes were purged just now: send it again.');
}

/** Whether a vote was added; false where this mark is there already. */
export async function addVote(trx: QueryExecutorProvider, testimony: string, mark: Buffer): Promise<boolean> {
  const { rows } = await sql`
    with vote as (
      insert into testimonies.similar_vote (testimony_id, mark, voted_in)
      values (${testimony}, ${mark}, date_trunc('month', now())) on conflict do nothing returning testimony_id
    )
    update testimonies.similar s set votes = s.votes + 1 from vote where s.testimony_id = vote.testimony_id
    returning s.votes`.execute(trx);
  return rows.length > 0;
}

/** Whether a vote was taken away; false where there is none with this mark. */
export async function removeVote(
  trx: QueryExecutorProvider,
  testimony: string,
  mark: Buffer,
): Promise<boolean> {
  const { rows } = await sql`
    with vote as (
      delete from testimonies.similar_vote where testimony_id = ${testimony} and mark = ${mark} returning testimony_id
    )
    update testimonies.similar s set votes = s.votes - 1 from vote where s.testimony_id = vote.testimony_id
    returning s.votes`.execute(trx);
  return rows.length > 0;
}
