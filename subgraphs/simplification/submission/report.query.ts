import { type QueryExecutorProvider, sql } from 'kysely';
import type { Submission } from './input.ts';

/** Adds a report as it was received: of today, and not public. */
export async function addReport(
  trx: QueryExecutorProvider,
  { id, reportedBy, submission }: { id: string; reportedBy: 'USER' | 'AGENT'; submission: Submission },
): Promise<{ receivedOn: string }> {
  const { network, structure, site, kind, document, url, problems, comment, suggestion } = submission;
  const { rows } = await sql<{ receivedOn: string }>`
    insert into simplification.report (network_id, id, document_id, structure_id, site_id, kind, reported_by, problems,
        comment, suggestion, url, status, received_on, published)
      values (${network}, ${id}, ${document}, ${structure}, ${site}, ${kind}, ${reportedBy}, ${problems}::text[],
        ${comment}, ${suggestion}, ${url}, 'RECEIVED', (now() at time zone 'UTC')::date, false)
      returning received_on as "receivedOn"`.execute(trx);
  if (rows[0] === undefined) throw new Error('A report that was added is not there.');
  return rows[0];
}

/**
 * The files among `ids` that their depositor may attach: whole, and attached to nothing yet. They are locked, so that
 * no other command attaches them and no purge takes them.
 */
export async function attachable(
  trx: QueryExecutorProvider,
  ids: readonly string[],
  subject: string,
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    select id from simplification.file
     where id = any(${[...ids]}::text[]) and deposited_by = ${subject} and report_id is null and type is not null
     order by id for update`.execute(trx);
  return new Set(rows.map(({ id }) => id));
}

/** Attaches files to a report, in their order. */
export async function attach(
  trx: QueryExecutorProvider,
  ids: readonly string[],
  report: { network: string; id: string },
): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    update simplification.file f set network_id = ${report.network}, report_id = ${report.id}, rank = given.rank
      from unnest(${[...ids]}::text[]) with ordinality as given (id, rank) where f.id = given.id`.execute(
    trx,
  );
}
