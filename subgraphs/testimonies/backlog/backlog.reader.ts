import { isDayAndId, pagesOf } from '../../../kernel/graphql/lists.ts';
import { loaderPerArguments, rowLoader } from '../../../kernel/loader.ts';
import type { Agent } from '../../../kernel/postgres/agent.ts';
import type { SubjectKind } from '../../../kernel/postgres/subject.ts';
import type { TaskRow } from '../reply/task.query.ts';
import type { TestimoniesDatabase } from '../tables.ts';
import { backlogPage, countBacklog, summariesOf } from './backlog.query.ts';
import type { BacklogFilter } from './backlog.ts';

/**
 * What is owed, as far as row-level security lets the viewer see it: elsewhere there is nothing.
 * @param today ISO date: what is late
 */
export function backlogReader(agent: Agent<TestimoniesDatabase>, today: string) {
  const summaries = loaderPerArguments((kind: SubjectKind) =>
    rowLoader(
      (parents: readonly string[]) => agent((trx) => summariesOf(trx, today, kind, parents)),
      (id: string) => id,
      ({ parent }) => parent,
    ),
  );
  return {
    pages: pagesOf<SubjectKind, BacklogFilter, TaskRow>({
      name: 'backlog',
      rows: (args, parents) => agent((trx) => backlogPage(trx, today, args, parents)),
      count: (args, parents) => agent((trx) => countBacklog(trx, today, args, parents)),
      keyOf: ({ written_on, testimony_id, position }) => [written_on, testimony_id, String(position)],
      isKey: ([day, id, position, ...rest]) =>
        rest.length === 0 &&
        typeof day === 'string' &&
        isDayAndId([day, id ?? null]) &&
        /^\d{1,2}$/.test(position ?? ''),
    }),
    summary: (kind: SubjectKind, parent: string) => summaries(kind).load(parent),
  };
}
