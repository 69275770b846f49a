import type { Kysely } from 'kysely';
import { isDayAndId, pagesOf } from '../../kernel/graphql/lists.ts';
import type { Access } from '../../kernel/graphql/open.ts';
import { listLoader, loaderPerArguments, rowLoader } from '../../kernel/loader.ts';
import type { SubjectKind } from '../../kernel/postgres/subject.ts';
import type { Viewer } from '../../kernel/viewer.ts';
import type { Writing } from '../../kernel/write/writing.ts';
import { actionsOf } from './action/engaged.query.ts';
import { countLinked, linkedTestimonies, linksOf } from './action/link.query.ts';
import { backlogReader } from './backlog/backlog.reader.ts';
import { concernsOf, proceduresOf, repliesOf, tagsOf } from './concern/concern.query.ts';
import { dutiesOf } from './duty/duty.query.ts';
import { findingReaders } from './facet/readers.ts';
import { moderationReader } from './moderation/queue.reader.ts';
import type { LinkKind } from './reply/tables.ts';
import { taskReader } from './reply/task.reader.ts';
import { type DelayArguments, delaysOf } from './statistics/delays.query.ts';
import { type StatisticsArguments, statisticsOf } from './statistics/statistics.query.ts';
import { type ReceiptOf, receiptReader } from './submission/receipt.reader.ts';
import type { TestimoniesDatabase, TestimonyRow } from './tables.ts';
import type { TestimonyFilter } from './testimony/filter.ts';
import { countTestimonies, latestTestimonies, testimoniesById } from './testimony/testimony.query.ts';

/** What one request of this subgraph reads through: every look-up is batched. */
export type TestimoniesContext = ReturnType<typeof contextFor>;

const self = (id: string) => id;
const byTestimony = (row: { testimony_id: string }) => row.testimony_id;
const byParent = (row: { parent: string }) => row.parent;

/**
 * @param access what is not published, as far as the viewer may reach it
 * @param options `today`, ISO date: when a testimony is published, which days are to come; `receiptOf`: see there
 */
export function contextFor(
  db: Kysely<TestimoniesDatabase>,
  viewer: Viewer,
  access: Access<TestimoniesDatabase>,
  { today, receiptOf }: { today: string; receiptOf: ReceiptOf },
) {
  const writing: Writing<TestimoniesDatabase> = { viewer, ...access };
  const tasks = taskReader(access.agent, today);
  return {
    viewer,
    /** What commands work with. */
    writing,
    today,
    receipts: receiptReader(access.owner, viewer, receiptOf),
    /** What is not published, as the moderation reads it. */
    moderation: moderationReader(access.agent),
    readTask: tasks.readTask,
    readDuty: async (network: string) => (await dutiesOf(db, [network]))[0] ?? null,
    backlog: backlogReader(access.agent, today),
    loaders: {
      task: tasks.loader,
      actions: listLoader((ids: readonly string[]) => actionsOf(db, ids), self, byTestimony),
      links: listLoader((ids: readonly string[]) => linksOf(db, ids), self, byTestimony),
      duty: rowLoader(
        (networks: readonly string[]) => dutiesOf(db, networks),
        self,
        ({ network_id }) => network_id,
      ),
      testimony: rowLoader(
        (ids: readonly string[]) => testimoniesById(db, ids),
        self,
        (row) => row.id,
      ),
      concerns: listLoader((ids: readonly string[]) => concernsOf(db, ids), self, byTestimony),
      replies: listLoader((ids: readonly string[]) => repliesOf(db, ids), self, byTestimony),
      tags: listLoader((ids: readonly string[]) => tagsOf(db, ids), self, byTestimony),
      procedures: listLoader((ids: readonly string[]) => proceduresOf(db, ids), self, byTestimony),
      statistics: loaderPerArguments((args: StatisticsArguments) =>
        listLoader((parents: readonly string[]) => statisticsOf(db, args, parents), self, byParent),
      ),
      delays: loaderPerArguments((args: DelayArguments) =>
        listLoader((parents: readonly string[]) => delaysOf(db, args, parents), self, byParent),
      ),
    },
    linkedTestimonies: pagesOf<LinkKind, object, TestimonyRow>({
      name: 'linked testimonies',
      rows: (args, targets) => linkedTestimonies(db, args, targets),
      count: (_args, targets) => countLinked(db, targets),
      keyOf: ({ published_on, id }) => [published_on, id],
      isKey: isDayAndId,
    }),
    found: findingReaders(db),
    testimonies: pagesOf<SubjectKind, TestimonyFilter, TestimonyRow>({
      name: 'testimonies',
      rows: (args, parents) => latestTestimonies(db, args, parents),
      count: (args, parents) => countTestimonies(db, args, parents),
      keyOf: ({ published_on, id }) => [published_on, id],
      isKey: isDayAndId,
    }),
  };
}
