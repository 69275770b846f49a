import { connectionType, pageArguments } from '../../../kernel/graphql/connection.ts';
import { resolvable } from '../../../kernel/graphql/subgraph.ts';
import { builder, PageInfo } from '../builder.ts';
import type { ImprovementContext } from '../context.ts';
import { subjectFilter } from '../fact/arguments.type.ts';
import { Site } from '../subject/stubs.type.ts';
import type { LabelRow } from '../tables.ts';

export const LabelLevelEnum = builder.enumType('LabelLevel', {
  description: 'Levels of the quality label.',
  values: {
    BRONZE: { description: 'Bronze.' },
    SILVER: { description: 'Argent.' },
    GOLD: { description: 'Or.' },
  },
});

export const Label = builder.objectRef<LabelRow>('Label').implement({
  description:
    'The quality label, given on a voluntary basis for three years after an audit and surveys of users and of agents.',
  directives: [
    { name: 'key', args: { fields: 'id' } },
    { name: 'key', args: { fields: 'ref' } },
  ],
  extensions: resolvable<ImprovementContext>(({ id, ref }, { labels }) =>
    labels.byId.load(String(id ?? ref)),
  ),
  fields: (t) => ({
    id: t.exposeID('id', { description: 'LABEL-<key>.' }),
    ref: t.exposeID('id', {
      directives: { inaccessible: {} },
      description: 'The same id, by which `node` finds it.',
    }),
    level: t.expose('level', { type: LabelLevelEnum, description: 'Its level.' }),
    grantedOn: t.expose('granted_on', { type: 'Date', description: 'Day on which it was given.' }),
    expiresOn: t.expose('expires_on', { type: 'Date', description: 'Last day on which it holds.' }),
    withdrawnOn: t.expose('withdrawn_on', {
      type: 'Date',
      nullable: true,
      description: 'Day on which it was taken back, if it was.',
    }),
  }),
});

const LabelConnection = connectionType(builder, PageInfo, 'Label', Label);

const LabelFilter = builder.inputType('LabelFilter', {
  description: 'Restricts a selection of labels; every condition given must hold.',
  fields: (t) => ({
    ...subjectFilter(t),
    level: t.field({ type: [LabelLevelEnum], description: 'It is of one of these levels.' }),
    inForceOn: t.field({ type: 'Date', description: 'It holds on this day.' }),
    expiresBefore: t.field({
      type: 'Date',
      description: 'Its last day is before this one; with `inForceOn`, those that are soon over.',
    }),
  }),
});

builder.objectField(Site, 'label', (t) =>
  t.field({
    type: Label,
    nullable: true,
    description: 'The label in force today, null when there is none.',
    resolve: ({ id }, _args, { labelInForce }) => labelInForce.load(id),
  }),
);

builder.queryFields((t) => ({
  label: t.field({
    type: Label,
    nullable: true,
    description: 'A label, in force or not, null when there is none with this id.',
    args: { id: t.arg.id({ required: true, description: 'Its id.' }) },
    resolve: (_root, { id }, { labels }) => labels.byId.load(id),
  }),
  labels: t.field({
    type: LabelConnection,
    nullable: true,
    description: 'Labels, in force or not, latest given first.',
    args: {
      ...pageArguments(builder),
      filter: t.arg({ type: LabelFilter, description: 'Which of them.' }),
    },
    resolve: (_root, { filter, ...page }, { labels }) =>
      labels.pages('EVERYTHING', '', { ...page, filter: filter ?? {} }),
  }),
}));
