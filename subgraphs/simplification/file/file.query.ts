import { type Kysely, sql } from 'kysely';
import type { Agent } from '../../../kernel/postgres/agent.ts';
import type { Audit } from '../../../kernel/write/audit.ts';
import type { SimplificationDatabase } from '../tables.ts';
import type { ReceivedFile } from './store/store.ts';

/** A file as it is given out. */
export interface StoredFile {
  type: string;
  bytes: number;
}

/** How many files, and bytes, a depositor has sent within a day or that are attached to nothing yet. */
export async function sentBy(
  owner: Kysely<SimplificationDatabase>,
  subject: string,
): Promise<{ files: number; bytes: number }> {
  const { rows } = await sql<{ files: number; bytes: number }>`
    select count(*)::int as files, coalesce(sum(bytes), 0)::float8 as bytes
      from simplification.file
     where deposited_by = ${subject} and (report_id is null or deposited_at > now() - interval '1 day')`.execute(
    owner,
  );
  return rows[0] ?? { files: 0, bytes: 0 };
}

/** Says that a file is about to be kept: from now on the purge would find it, whatever happens. */
export async function announce(
  owner: Kysely<SimplificationDatabase>,
  id: string,
  subject: string,
): Promise<void> {
  await owner.insertInto('simplification.file').values({ id, deposited_by: subject }).execute();
}

/** Says that the store has the whole of a file, in one transaction with its audit. */
export async function confirm(
  owner: Kysely<SimplificationDatabase>,
  id: string,
  { type, bytes, sha256 }: ReceivedFile,
  auditIn: (trx: Kysely<SimplificationDatabase>) => Audit,
): Promise<void> {
  await owner.transaction().execute(async (trx) => {
    await trx
      .updateTable('simplification.file')
      .set({ type, bytes, sha256 })
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    await auditIn(trx)({
      networkId: null,
      action: 'FILE_DEPOSITED',
      objectId: id,
      before: null,
      after: { type, bytes },
    });
  });
}

/** Forgets a file that the store did not get. */
export async function withdraw(owner: Kysely<SimplificationDatabase>, id: string): Promise<void> {
  await owner.deleteFrom('simplification.file').where('id', '=', id).execute();
}

/** The file of a report that the viewer may see. */
export async function fileOfReport(
  agent: Agent<SimplificationDatabase>,
  id: string,
): Promise<StoredFile | null> {
  const { rows } = await agent((trx) =>
    sql<StoredFile>`
      select type, bytes from simplification.file where id = ${id} and report_id is not null`.execute(trx),
  );
  return rows[0] ?? null;
}

/** A file that its own depositor has not attached yet. */
export async function ownWaitingFile(
  owner: Kysely<SimplificationDatabase>,
  id: string,
  subject: string,
): Promise<StoredFile | null> {
  const { rows } = await sql<StoredFile>`
    select type, bytes from simplification.file
     where id = ${id} and deposited_by = ${subject} and report_id is null and type is not null`.execute(
    owner,
  );
  return rows[0] ?? null;
}
