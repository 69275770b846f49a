import { toNumber } from '../../../kernel/decimal.ts';
import type { SubjectKind } from '../../../kernel/postgres/subject.ts';
import { builder } from '../builder.ts';
import type { TestimoniesContext } from '../context.ts';
import { SUBJECTS } from '../subject/stubs.type.ts';
import type { TestimonyFilter } from '../testimony/filter.ts';
import { readFilter, TestimonyFilterInput } from '../testimony/filter.type.ts';
import { allGroups, type DelayRow, type Dimension, readDimensions } from './dimension.ts';
import { DimensionEnum, GroupKey, keysOf } from './groups.type.ts';

interface Delays extends DelayRow {
  groupBy: readonly Dimension[];
}

const ReplyDelays = builder.objectRef<Delays>('ReplyDelays').implement({
  description:
    'How fast structures reply: days from the writing of a testimony to the first reply of each structure concerned. What was handed on to another structure does not count.',
  fields: (t) => ({
    keys: t.field({
      type: [GroupKey],
      description: 'What the testimonies have in common, one key per dimension asked.',
      resolve: (group) => keysOf(group.groupBy, group),
    }),
    expected: t.exposeInt('expected', { description: 'Replies expected, one per structure concerned.' }),
    answered: t.exposeInt('answered', { description: 'Replies published.' }),
    unanswered: t.int({
      description: 'Replies still expected.',
      resolve: ({ expected, answered }) => expected - answered,
    }),
    answeredShare: t.float({
      nullable: true,
      description: 'Share of the replies expected that are published, 0 to 1; null when none is expected.',
      resolve: ({ answered_share }) => toNumber(answered_share),
    }),
    medianDays: t.float({
      nullable: true,
      description: 'Half of the replies came within that many days; null when there is none.',
      resolve: ({ median_days }) => toNumber(median_days),
    }),
    p90Days: t.float({
      nullable: true,
      description: 'Nine replies in ten came within that many days; null when there is none.',
      resolve: ({ p90_days }) => toNumber(p90_days),
    }),
    overdue: t.exposeInt('overdue', {
      nullable: true,
      description:
        'Replies that came, or did not come yet, after the delay configured for their network; null where none is configured.',
    }),
  }),
});

const ARGUMENTS = builder.args((t) => ({
  filter: t.field({ type: TestimonyFilterInput, description: 'Which testimonies.' }),
  groupBy: t.field({
    type: [DimensionEnum],
    description: 'Up to two different dimensions; without any, one group of all.',
  }),
}));

interface Arguments {
  filter?: TestimonyFilter | null | undefined;
  groupBy?: readonly Dimension[] | null | undefined;
}

async function delaysOf(
  kind: SubjectKind,
  id: string,
  { filter, groupBy }: Arguments,
  { loaders }: TestimoniesContext,
): Promise<Delays[]> {
  const dimensions = readDimensions(groupBy ?? [], 0);
  const asked = { kind, filter: readFilter(filter), groupBy: dimensions };
  const groups = allGroups(await loaders.delays(asked).load(id));
  return groups.map((group) => ({ ...group, groupBy: dimensions }));
}

for (const { kind, type, whose } of SUBJECTS) {
  builder.objectField(type, 'replyDelays', (t) =>
    t.field({
      type: [ReplyDelays],
      nullable: true,
      description: `How fast the testimonies ${whose} are answered, by group.`,
      args: ARGUMENTS,
      resolve: ({ id }, args, context) => delaysOf(kind, id, args, context),
    }),
  );
}

builder.queryField('replyDelays', (t) =>
  t.field({
    type: [ReplyDelays],
    nullable: true,
    description: 'How fast testimonies are answered, by group.',
    args: ARGUMENTS,
    resolve: (_root, args, context) => delaysOf('EVERYTHING', '', args, context),
  }),
);
