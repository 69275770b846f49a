import { toNumber } from '../../../kernel/decimal.ts';
import type { SubjectKind } from '../../../kernel/postgres/subject.ts';
import { builder } from '../builder.ts';
import type { TestimoniesContext } from '../context.ts';
import { SUBJECTS } from '../subject/stubs.type.ts';
import type { TestimonyFilter } from '../testimony/filter.ts';
import { readFilter, TestimonyFilterInput } from '../testimony/filter.type.ts';
import { allGroups, type Dimension, readDimensions, type TestimonyGroupRow } from './dimension.ts';
import { DimensionEnum, GroupKey, keysOf } from './groups.type.ts';

interface Group extends TestimonyGroupRow {
  groupBy: readonly Dimension[];
}

const TestimonyGroup = builder.objectRef<Group>('TestimonyGroup').implement({
  description: 'How many testimonies have something in common.',
  fields: (t) => ({
    keys: t.field({
      type: [GroupKey],
      description: 'What they have in common, one key per dimension asked.',
      resolve: (group) => keysOf(group.groupBy, group),
    }),
    count: t.exposeInt('count', { description: 'Number of testimonies.' }),
    share: t.float({
      description:
        'Share of the testimonies selected, 0 to 1. They may add up to more than 1: a testimony can have several tags or structures.',
      resolve: ({ share }) => toNumber(share),
    }),
  }),
});

const ShareOf = builder.enumType('ShareOf', {
  description: 'What a share is a share of.',
  values: {
    SELECTION: { description: 'All testimonies selected.' },
    FIRST_DIMENSION: {
      description: 'Those that have the same value in the first of two dimensions: the months of a feeling…',
    },
  },
});

const ARGUMENTS = builder.args((t) => ({
  filter: t.field({ type: TestimonyFilterInput, description: 'Which testimonies.' }),
  groupBy: t.field({
    type: [DimensionEnum],
    required: true,
    description: 'One or two different dimensions.',
  }),
  shareOf: t.field({
    type: ShareOf,
    defaultValue: 'SELECTION',
    description: 'What the shares are shares of.',
  }),
}));

interface Arguments {
  filter?: TestimonyFilter | null | undefined;
  groupBy: readonly Dimension[];
  shareOf?: 'SELECTION' | 'FIRST_DIMENSION' | null | undefined;
}

async function groupsOf(
  kind: SubjectKind,
  id: string,
  { filter, groupBy, shareOf }: Arguments,
  { loaders }: TestimoniesContext,
): Promise<Group[]> {
  const dimensions = readDimensions(groupBy, 1);
  const asked = { kind, filter: readFilter(filter), groupBy: dimensions, shareOf: shareOf ?? 'SELECTION' };
  const groups = allGroups(await loaders.statistics(asked).load(id));
  return groups.map((group) => ({ ...group, groupBy: dimensions }));
}

for (const { kind, type, whose } of SUBJECTS) {
  builder.objectField(type, 'testimonyStats', (t) =>
    t.field({
      type: [TestimonyGroup],
      nullable: true,
      description: `How the published testimonies ${whose} spread; months in their order, else the most frequent first.`,
      args: ARGUMENTS,
      resolve: ({ id }, args, context) => groupsOf(kind, id, args, context),
    }),
  );
}

builder.queryField('testimonyStats', (t) =>
  t.field({
    type: [TestimonyGroup],
    nullable: true,
    description: 'How all published testimonies spread; months in their order, else the most frequent first.',
    args: ARGUMENTS,
    resolve: (_root, args, context) => groupsOf('EVERYTHING', '', args, context),
  }),
);
