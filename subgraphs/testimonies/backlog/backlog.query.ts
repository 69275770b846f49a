import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { ListArguments } from '../../../kernel/graphql/lists.ts';
import { belongsTo, forEachParent, type SubjectKind } from '../../../kernel/postgres/subject.ts';
import type { ReplyState } from '../reply/tables.ts';
import { overdueOn, TASK_ORDER, TASKS, type TaskRow, taskColumns } from '../reply/task.query.ts';
import type { TestimoniesDatabase } from '../tables.ts';
import { type BacklogFilter, type BacklogSummary, OWED } from './backlog.ts';

type Db = Kysely<TestimoniesDatabase>;

// Written out, so that the planner sees when the index of what is still owed will do.
const among = (states: readonly ReplyState[]): RawBuilder<SqlBool> =>
  states.length === 0 ? sql`false` : sql`c.status in (${sql.join(states.map((state) => sql.lit(state)))})`;

const late = ({ overdue }: BacklogFilter, today: string): RawBuilder<SqlBool> =>
  overdue === null ? sql`true` : sql`coalesce(${overdueOn(today)}, false) = ${overdue}`;

/** One page of what each subject owes, the oldest testimony first. */
export async function backlogPage(
  db: Db,
  today: string,
  { kind, filter, size, after }: ListArguments<SubjectKind, BacklogFilter>,
  parents: readonly string[],
): Promise<(TaskRow & { parent: string })[]> {
  const later = after
    ? sql`(${TASK_ORDER}) > (${after[0]}::date, ${after[1]}::text, ${after[2]}::int)`
    : sql`true`;
  const { rows } = await forEachParent(
    parents,
    (parent) => sql<TaskRow>`
      select ${taskColumns(today)} from (
        -- Which ones, before anything else is read of them.
        select c.testimony_id, c.position from ${TASKS}
         where ${among(filter.states)} and ${belongsTo(kind, 'c', parent)} and ${late(filter, today)} and ${later}
         order by ${TASK_ORDER} limit ${size}
      ) asked_for join ${TASKS} on (c.testimony_id, c.position) = (asked_for.testimony_id, asked_for.position)
       order by ${TASK_ORDER}`,
  ).execute(db);
  return rows;
}

/** How much each subject owes. */
export async function countBacklog(
  db: Db,
  today: string,
  { kind, filter }: Pick<ListArguments<SubjectKind, BacklogFilter>, 'kind' | 'filter'>,
  parents: readonly string[],
): Promise<{ parent: string; count: number }[]> {
  const { rows } = await forEachParent(
    parents,
    (parent) => sql<{ count: number }>`
      select count(*)::int as count from ${TASKS}
       where ${among(filter.states)} and ${belongsTo(kind, 'c', parent)} and ${late(filter, today)}`,
  ).execute(db);
  return rows;
}

/** What each subject still owes, in figures. */
export async function summariesOf(
  db: Db,
  today: string,
  kind: SubjectKind,
  parents: readonly string[],
): Promise<(BacklogSummary & { parent: string })[]> {
  const many = (state: ReplyState) => sql`(count(*) filter (where c.status = ${sql.lit(state)}))::int`;
  const { rows } = await forEachParent(
    parents,
    (parent) => sql<BacklogSummary>`
      select ${many('TO_PROCESS')} as to_process, ${many('DRAFT')} as draft, ${many('TO_VALIDATE')} as to_validate,
             case when count(duty.days) > 0 then (count(*) filter (where ${overdueOn(today)}))::int end as overdue,
             min(t.written_on) as oldest
        from ${TASKS} where ${among(OWED)} and ${belongsTo(kind, 'c', parent)}`,
  ).execute(db);
  return rows;
}
