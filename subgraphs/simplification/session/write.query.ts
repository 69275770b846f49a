import { type QueryExecutorProvider, sql } from 'kysely';
import type { AgeBand, DigitalEase } from '../panel/tables.ts';
import type { Answer, SessionRow } from './tables.ts';

/** Adds a session, or writes one in the place of what it was; its version rises. */
export async function putSession(
  trx: QueryExecutorProvider,
  session: Omit<SessionRow, 'version'>,
): Promise<void> {
  const { network_id, id, structure_id, site_id, title, mode, planned_on, held_on, state } = session;
  await sql`
    insert into simplification.test_session as s
        (network_id, id, structure_id, site_id, title, mode, planned_on, held_on, state, participants, remarks, results)
      values (${network_id}, ${id}, ${structure_id}, ${site_id}, ${title}, ${mode}, ${planned_on}, ${held_on}, ${state},
        ${session.participants}, ${session.remarks}, ${JSON.stringify(session.results)}::jsonb)
    on conflict (id) do update set
      (structure_id, site_id, title, mode, planned_on, held_on, state, participants, remarks, results) =
        (excluded.structure_id, excluded.site_id, excluded.title, excluded.mode, excluded.planned_on,
         excluded.held_on, excluded.state, excluded.participants, excluded.remarks, excluded.results),
      version = s.version + 1, import_id = null, import_row = null`.execute(trx);
}

/** Reports among `ids` that are not of this network. */
export async function foreignReports(
  trx: QueryExecutorProvider,
  network: string,
  ids: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select asked.id from unnest(${[...ids]}::text[]) as asked(id)
     where not exists (select from simplification.report r where r.id = asked.id and r.network_id = ${network})
  `.execute(trx);
  return rows.map(({ id }) => id);
}

/** Whether there is such a session of this network, and it took place. */
export async function wasHeld(trx: QueryExecutorProvider, network: string, id: string): Promise<boolean> {
  const { rows } = await sql`
    select from simplification.test_session
     where id = ${id} and network_id = ${network} and state in ('HELD', 'PUBLISHED')`.execute(trx);
  return rows.length > 0;
}

/** Which testers a session looks for. */
export interface Wanted {
  departement: string | null;
  ageBands: readonly AgeBand[] | null;
  digitalEases: readonly DigitalEase[] | null;
}

/**
 * Invites testers, those first who were not asked for the longest time: never somebody twice to a session, nor a third
 * time within a month. Testers that another session is inviting at this moment are left to it.
 *
 * @returns how many were invited, `most` at most
 */
export async function inviteTesters(
  trx: QueryExecutorProvider,
  session: string,
  { departement, ageBands, digitalEases }: Wanted,
  most: number,
): Promise<number> {
  const { rows } = await sql`
    with chosen as (
      select t.id from simplification.tester t
       where t.erase_on > current_date
         and (t.earlier_solicited_at is null or t.earlier_solicited_at <= now() - interval '1 month')
         and (${departement}::text is null or t.departement_id = ${departement})
         and (${ageBands}::text[] is null or t.age_band = any(${ageBands}))
         and (${digitalEases}::text[] is null or t.digital_ease = any(${digitalEases}))
         and not exists (select from simplification.invitation i where i.session_id = ${session} and i.tester_id = t.id)
       order by t.last_solicited_at nulls first, md5(t.id || ${session}) limit ${most} for update skip locked
    ), solicited as (
      update simplification.tester t set last_solicited_at = now() from chosen where t.id = chosen.id returning t.id
    )
    insert into simplification.invitation (session_id, tester_id) select ${session}, id from solicited
    returning id`.execute(trx);
  return rows.length;
}

/** Notes the answers of those whom a session asked. @returns the references that it did not ask */
export async function noteAnswers(
  trx: QueryExecutorProvider,
  session: string,
  answers: readonly { reference: string; answer: Answer }[],
): Promise<string[]> {
  const { rows } = await sql<{ reference: string }>`
    with given as (
      select reference, answer from jsonb_to_recordset(${JSON.stringify(answers)}::jsonb)
        as g (reference text, answer text)
    ), noted as (
      update simplification.invitation i set answer = given.answer
        from given join simplification.tester t on t.reference = given.reference
       where i.session_id = ${session} and i.tester_id = t.id returning given.reference
    )
    select reference from given where reference not in (select reference from noted)`.execute(trx);
  return rows.map(({ reference }) => reference);
}
