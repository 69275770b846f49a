import { type Kysely, type QueryExecutorProvider, sql } from 'kysely';
import type { Agent } from '../../../kernel/postgres/agent.ts';
import type { UserError } from '../../../kernel/write/refused.ts';
import type { DraftState, IndicatorsTables } from '../tables.ts';
import type { TypedResult } from './typed.ts';

/** A draft, without its results. */
export interface Draft {
  id: string;
  network_id: string;
  version: number;
  title: string;
  state: DraftState;
  results: number;
  problems: UserError[];
  publication: string | null;
  created_at: Date;
  created_by: string;
  updated_at: Date;
  updated_by: string;
}

const DRAFT = sql`id, network_id, version, title, state, results, problems, publication, created_at, created_by,
  updated_at, updated_by`;

/** A draft that the viewer may see, null when there is none. */
export async function draftOf(agent: Agent<IndicatorsTables>, id: string): Promise<Draft | null> {
  const { rows } = await agent((trx) =>
    sql<Draft>`select ${DRAFT} from indicators.result_draft where id = ${id}`.execute(trx),
  );
  return rows[0] ?? null;
}

/** A draft of a network, which no other command changes until the transaction ends. */
export async function lockedDraft(
  trx: QueryExecutorProvider,
  network: string,
  id: string,
): Promise<Draft | null> {
  const { rows } = await sql<Draft>`
    select ${DRAFT} from indicators.result_draft where id = ${id} and network_id = ${network} for update`.execute(
    trx,
  );
  return rows[0] ?? null;
}

/** Drafts of a network that the viewer may see, the latest made first. */
export async function draftPage(
  agent: Agent<IndicatorsTables>,
  network: string,
  { before, limit }: { before: { at: string; id: string } | null; limit: number },
): Promise<Draft[]> {
  const { rows } = await agent((trx) =>
    sql<Draft>`
      select ${DRAFT} from indicators.result_draft
       where network_id = ${network}
         and (${before?.at ?? null}::timestamptz is null
           or (created_at, id) < (${before?.at ?? null}::timestamptz, ${before?.id ?? null}::text))
       order by created_at desc, id desc limit ${limit}`.execute(trx),
  );
  return rows;
}

export async function countDrafts(agent: Agent<IndicatorsTables>, network: string): Promise<number> {
  const { rows } = await agent((trx) =>
    sql<{ count: number }>`
      select count(*)::integer as count from indicators.result_draft where network_id = ${network}`.execute(
      trx,
    ),
  );
  return rows[0]?.count ?? 0;
}

/** A result of a draft and its rank, from 1. */
export type DraftResult = TypedResult & { rank: number };

const RESULT = sql`rank, indicator, site, structure, territory, period, value, numerator, denominator, respondents,
  very_favourable, favourable, unfavourable, very_unfavourable`;

/** Results of a draft after a rank, in order. */
export async function draftResults(
  db: QueryExecutorProvider,
  draft: string,
  { after, limit }: { after: number; limit: number },
): Promise<DraftResult[]> {
  const { rows } = await sql<DraftResult>`
    select ${RESULT} from indicators.result_draft_row
     where draft_id = ${draft} and rank > ${after} order by rank limit ${limit}`.execute(db);
  return rows;
}

/** Puts results in the place of those that a draft held. */
export async function putResults(
  db: Kysely<IndicatorsTables>,
  { draft, network, results }: { draft: string; network: string; results: readonly TypedResult[] },
): Promise<void> {
  await sql`delete from indicators.result_draft_row where draft_id = ${draft}`.execute(db);
  const rows = results.map((result, index) => ({
    ...result,
    draft_id: draft,
    network_id: network,
    rank: index + 1,
  }));
  await sql`
    insert into indicators.result_draft_row (draft_id, network_id, ${RESULT})
      select draft_id, network_id, ${RESULT}
        from jsonb_populate_recordset(null::indicators.result_draft_row, ${JSON.stringify(rows)}::jsonb)
  `.execute(db);
}
