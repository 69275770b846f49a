import { type Kysely, sql } from 'kysely';
import { forEachParent, type SubjectKind } from '../../../kernel/postgres/subject.ts';
import { isSelected } from '../report/selection.query.ts';
import type { SimplificationDatabase } from '../tables.ts';
import { delays, percentile } from './delays.query.ts';
import type { FunnelRow } from './funnel.ts';

/** Reports received between two days, both included; null is no bound. */
export interface FunnelArguments {
  kind: SubjectKind;
  /** Those of one network only, whatever the subject; null for all. */
  network: string | null;
  from: string | null;
  to: string | null;
}

/** How far the reports of each subject got. */
export async function funnelsOf(
  db: Kysely<SimplificationDatabase>,
  { kind, network, from, to }: FunnelArguments,
  parents: readonly string[],
): Promise<(FunnelRow & { parent: string })[]> {
  const found = await forEachParent(
    parents,
    (parent) => sql<FunnelRow>`
      select count(*)::int as received, count(r.triaged_on)::int as triaged, count(r.rewritten_on)::int as rewritten,
             count(r.tested_on)::int as tested, count(r.disseminated_on)::int as disseminated,
             count(r.declined_on)::int as declined,
             ${percentile(0.5, sql`r.disseminated_on - r.received_on`)} as median_days, ${delays} as delays
        from simplification.published_report r
       where ${isSelected(kind, parent, { network, receivedFrom: from, receivedTo: to })}`,
  ).execute(db);
  return found.rows;
}
