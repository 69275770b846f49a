import { sql } from 'kysely';
import type { Agent } from '../../../kernel/postgres/agent.ts';
import type { SimplificationDatabase } from '../tables.ts';

/** A file of a report, as those entitled see it. */
export interface Attachment {
  id: string;
  /** Media type of its content. */
  type: string;
  bytes: number;
}

/** What a reporter wrote and sent. Never public. */
export interface PrivatePart {
  /** Of the report. */
  id: string;
  comment: string | null;
  suggestion: string | null;
  url: string | null;
  attachments: Attachment[];
}

/** The private parts of the reports among `ids` that the viewer may see, published or not, in any order. */
export async function privateParts(
  agent: Agent<SimplificationDatabase>,
  ids: readonly string[],
): Promise<PrivatePart[]> {
  const { rows } = await agent((trx) =>
    sql<PrivatePart>`
      select r.id, r.comment, r.suggestion, r.url,
             coalesce((select jsonb_agg(jsonb_build_object('id', f.id, 'type', f.type, 'bytes', f.bytes)
                                        order by f.rank)
                         from simplification.file f
                        where f.network_id = r.network_id and f.report_id = r.id), '[]') as attachments
        from simplification.report r where r.id = any(${[...ids]}::text[])`.execute(trx),
  );
  return rows;
}
