import { type Kysely, sql } from 'kysely';
import type { ImprovementDatabase } from '../tables.ts';

/** How far the actions of a plan are; those given up do not count. */
export interface ProgressRow {
  plan_id: string;
  actions: number;
  done: number;
  abandoned: number;
  overdue: number;
  /** Sum of the per cents of those that count. */
  total: number;
  /** `total / actions`, two decimals, as text; null without actions. */
  value: string | null;
}

/**
 * The progress of plans, in one statement.
 * @param read `published` actions, or the `working` ones of an agent
 * @param asOf ISO date: what was due before and not done by then is overdue
 */
export async function progressOf(
  db: Kysely<ImprovementDatabase>,
  read: 'published' | 'working',
  asOf: string,
  plans: readonly string[],
): Promise<ProgressRow[]> {
  const { rows } = await sql<ProgressRow>`
    select a.plan_id,
           (count(*) filter (where a.status <> 'ABANDONED'))::int as actions,
           (count(*) filter (where a.status = 'DONE'))::int as done,
           (count(*) filter (where a.status = 'ABANDONED'))::int as abandoned,
           (count(*) filter (where a.status <> 'ABANDONED' and a.due_on < ${asOf}::date
             and (a.done_on is null or a.done_on > ${asOf}::date)))::int as overdue,
           (coalesce(sum(a.progress) filter (where a.status <> 'ABANDONED'), 0))::int as total,
           round(avg(a.progress) filter (where a.status <> 'ABANDONED'), 2) as value
      from ${sql.table(`improvement.${read}_action`)} a
     where a.plan_id = any(${[...plans]}::text[])
     group by a.plan_id`.execute(db);
  return rows;
}
