import { type Kysely, type QueryExecutorProvider, sql } from 'kysely';
import type { ListArguments } from '../../../kernel/graphql/lists.ts';
import type { Agent } from '../../../kernel/postgres/agent.ts';
import { belongsTo, forEachParent } from '../../../kernel/postgres/subject.ts';
import type { SimplificationDatabase } from '../tables.ts';
import type { InvitationRow, SessionRow } from './tables.ts';

type Db = Kysely<SimplificationDatabase>;
export type SessionKind = 'EVERYTHING' | 'NETWORK';

/** Which published sessions; an absent or null property restricts nothing. */
export interface SessionFilter {
  network?: string | null | undefined;
  report?: string | null | undefined;
  heldFrom?: string | null | undefined;
  heldTo?: string | null | undefined;
}

type Arguments = ListArguments<SessionKind, SessionFilter>;

const COLUMNS = sql`s.network_id, s.id, s.structure_id, s.site_id, s.title, s.mode, s.planned_on, s.held_on, s.state,
  s.participants, s.remarks, s.results, s.version`;

/** The published sessions among `ids`, in any order. */
export async function sessionsById(db: Db, ids: readonly string[]): Promise<SessionRow[]> {
  const { rows } = await sql<SessionRow>`
    select ${COLUMNS} from simplification.published_session s where s.id = any(${[...ids]}::text[])`.execute(
    db,
  );
  return rows;
}

/** One page of the published sessions of each subject, latest held first. */
export async function latestSessions(
  db: Db,
  { kind, filter, size, after }: Arguments,
  parents: readonly string[],
): Promise<(SessionRow & { parent: string })[]> {
  const later = after ? sql`(s.held_on, s.id) < (${after[0]}::date, ${after[1]})` : sql`true`;
  const { rows } = await forEachParent(
    parents,
    (parent) => sql<SessionRow>`
      select ${COLUMNS} from simplification.published_session s
       where ${belongsTo(kind, 's', parent)} and ${isSelected(filter)} and ${later}
       order by s.held_on desc, s.id desc limit ${size}`,
  ).execute(db);
  return rows;
}

/** How many published sessions each subject has. */
export async function countSessions(
  db: Db,
  { kind, filter }: Pick<Arguments, 'kind' | 'filter'>,
  parents: readonly string[],
): Promise<{ parent: string; count: number }[]> {
  const { rows } = await forEachParent(
    parents,
    (parent) => sql<{ count: number }>`
      select count(*)::int as count from simplification.published_session s
       where ${belongsTo(kind, 's', parent)} and ${isSelected(filter)}`,
  ).execute(db);
  return rows;
}

function isSelected({ network, report, heldFrom, heldTo }: SessionFilter) {
  return sql`
    (${network ?? null}::text is null or s.network_id = ${network ?? null})
    and (${heldFrom ?? null}::date is null or s.held_on >= ${heldFrom ?? null})
    and (${heldTo ?? null}::date is null or s.held_on <= ${heldTo ?? null})
    and (${report ?? null}::text is null
      or s.results @> jsonb_build_array(jsonb_build_object('report_id', ${report ?? null}::text)))`;
}

/** Sessions of a network that the viewer may see, whatever their state; the latest planned first. */
export async function sessionsOfNetwork(
  agent: Agent<SimplificationDatabase>,
  { filter, size, after }: Arguments,
): Promise<(SessionRow & { parent: string })[]> {
  const later = after ? sql`(s.planned_on, s.id) < (${after[0]}::date, ${after[1]})` : sql`true`;
  const { rows } = await agent((trx) =>
    sql<SessionRow & { parent: string }>`
      select ${COLUMNS}, '' as parent from simplification.test_session s
       where s.network_id = ${filter.network ?? ''} and ${later}
       order by s.planned_on desc, s.id desc limit ${size}`.execute(trx),
  );
  return rows;
}

/** How many they are. */
export async function countSessionsOfNetwork(
  agent: Agent<SimplificationDatabase>,
  network: string,
): Promise<{ parent: string; count: number }[]> {
  const { rows } = await agent((trx) =>
    sql<{ parent: string; count: number }>`
      select '' as parent, count(*)::int as count from simplification.test_session
       where network_id = ${network}`.execute(trx),
  );
  return rows;
}

/** A session that the viewer may see, whatever its state; null when there is none. */
export async function visibleSession(
  agent: Agent<SimplificationDatabase>,
  id: string,
): Promise<SessionRow | null> {
  const { rows } = await agent((trx) =>
    sql<SessionRow>`select ${COLUMNS} from simplification.test_session s where s.id = ${id}`.execute(trx),
  );
  return rows[0] ?? null;
}

/** The same, of a network, which no other command changes until the transaction ends. */
export async function lockSession(
  trx: QueryExecutorProvider,
  network: string,
  id: string,
): Promise<SessionRow | null> {
  const { rows } = await sql<SessionRow>`
    select ${COLUMNS} from simplification.test_session s
     where s.id = ${id} and s.network_id = ${network} for update`.execute(trx);
  return rows[0] ?? null;
}

/** Whom sessions asked, as far as the viewer may see, in the order of asking. */
export async function invitationsOf(
  agent: Agent<SimplificationDatabase>,
  sessions: readonly string[],
): Promise<InvitationRow[]> {
  const { rows } = await agent((trx) =>
    sql<InvitationRow>`
      select i.session_id, t.reference, i.invited_at, i.answer
        from simplification.invitation i left join simplification.tester t on t.id = i.tester_id
       where i.session_id = any(${[...sessions]}::text[]) order by i.session_id, i.id`.execute(trx),
  );
  return rows;
}
