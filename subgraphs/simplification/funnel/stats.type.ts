import { toNumber } from '../../../kernel/decimal.ts';
import { builder } from '../builder.ts';
import { ReportFilterInput } from '../report/filter.type.ts';
import { SimplificationDelay } from './delays.type.ts';
import { readStatDimensions, STAT_DIMENSIONS, type StatDimension, type StatRow } from './stats.ts';
import { FRENCH, UNKNOWN } from './words.ts';

const DimensionEnum = builder.enumType('SimplificationDimension', {
  description: 'What reports can be grouped by.',
  values: Object.fromEntries(
    Object.entries(STAT_DIMENSIONS).map(([name, description]) => [name, { description }]),
  ) as Record<StatDimension, { description: string }>,
});

interface Key {
  dimension: StatDimension;
  value: string | null;
  label: string;
}

const GroupKey = builder.objectRef<Key>('SimplificationGroupKey').implement({
  description: 'What a group has in common in one dimension.',
  fields: (t) => ({
    dimension: t.expose('dimension', { type: DimensionEnum, description: 'The dimension.' }),
    value: t.exposeString('value', {
      nullable: true,
      description: 'Value of the dimension: an id, an enum value, a month; null where nobody said it.',
    }),
    label: t.exposeString('label', { description: 'The same in French, to be shown.' }),
  }),
});

interface Group extends StatRow {
  groupBy: readonly StatDimension[];
}

const keysOf = ({ groupBy, values, labels }: Group): Key[] =>
  groupBy.map((dimension, index) => {
    const value = values[index] ?? null;
    return {
      dimension,
      value,
      label: labels[index] ?? (value === null ? UNKNOWN : (FRENCH[value] ?? value)),
    };
  });

const SimplificationGroup = builder.objectRef<Group>('SimplificationGroup').implement({
  description: 'Reports that have something in common, and how long they took.',
  fields: (t) => ({
    keys: t.field({
      type: [GroupKey],
      description: 'What they have in common, one key per dimension asked.',
      resolve: keysOf,
    }),
    count: t.exposeInt('count', { description: 'How many they are.' }),
    share: t.float({
      description: 'Share of the reports selected, 0 to 1; with problems they may add up to more than 1.',
      resolve: ({ share }) => toNumber(share),
    }),
    disseminated: t.exposeInt('disseminated', { description: 'Of these, in use in their new version.' }),
    medianDays: t.float({
      nullable: true,
      description: 'Half of those took no more days from receipt to dissemination; null when none got there.',
      resolve: ({ median_days }) => toNumber(median_days),
    }),
    p90Days: t.float({
      nullable: true,
      description: 'Nine in ten of those took no more days; null when none got there.',
      resolve: ({ p90_days }) => toNumber(p90_days),
    }),
    delays: t.expose('delays', {
      type: [SimplificationDelay],
      description: 'How long each step took, in their order.',
    }),
  }),
});

builder.queryField('simplificationStats', (t) =>
  t.field({
    type: [SimplificationGroup],
    nullable: true,
    description: 'How the public reports spread; months in their order, else the most frequent first.',
    args: {
      filter: t.arg({ type: ReportFilterInput, description: 'Which reports.' }),
      groupBy: t.arg({
        type: [DimensionEnum],
        required: true,
        description: 'One or two different dimensions.',
      }),
    },
    resolve: async (_root, { filter, groupBy }, { simplificationStats }) => {
      const dimensions = readStatDimensions(groupBy);
      const rows = await simplificationStats(filter ?? {}, dimensions);
      return rows.map((row) => ({ ...row, groupBy: dimensions }));
    },
  }),
);
