import { connectionType, pageArguments } from '../../../kernel/graphql/connection.ts';
import { resolvable } from '../../../kernel/graphql/subgraph.ts';
import { builder, PageInfo } from '../builder.ts';
import type { ImprovementContext } from '../context.ts';
import { subjectFilter } from '../fact/arguments.type.ts';
import { planOf } from '../fact/lead.ts';
import type { Fact } from '../fact/sources.ts';
import { ActionPlan } from '../plan/plan.type.ts';
import { SUBJECTS } from '../subject/stubs.type.ts';
import type { ImpactRow } from '../tables.ts';

export const Impact = builder.objectRef<Fact<ImpactRow>>('Impact').implement({
  description: "« Vous nous l'avez demandé, on l'a fait »: what changed because users asked for it.",
  directives: [
    { name: 'key', args: { fields: 'id' } },
    { name: 'key', args: { fields: 'ref' } },
  ],
  extensions: resolvable<ImprovementContext>(({ id, ref }, { impacts }) =>
    impacts.byId.load(String(id ?? ref)),
  ),
  fields: (t) => ({
    id: t.exposeID('id', { description: 'IMPACT-<key>.' }),
    ref: t.exposeID('id', {
      directives: { inaccessible: {} },
      description: 'The same id, by which `node` finds it.',
    }),
    title: t.exposeString('title', { description: 'Its title.' }),
    story: t.exposeString('story', { nullable: true, description: 'What happened.' }),
    before: t.exposeString('before_text', { nullable: true, description: 'How it was before.' }),
    after: t.exposeString('after_text', { nullable: true, description: 'How it is now.' }),
    publishedOn: t.expose('published_on', {
      type: 'Date',
      nullable: true,
      description: 'Day of publication.',
    }),
    plan: t.field({
      type: ActionPlan,
      nullable: true,
      description: 'The action plan that it comes from.',
      resolve: ({ plan_id, working }, _args, context) => planOf(context, plan_id, working),
    }),
  }),
});

export const ImpactConnection = connectionType(builder, PageInfo, 'Impact', Impact);

const ImpactFilter = builder.inputType('ImpactFilter', {
  description: 'Restricts a selection of impacts; every condition given must hold.',
  fields: subjectFilter,
});

const { first } = pageArguments(builder);

for (const { kind, type, whose } of SUBJECTS) {
  builder.objectField(type, 'impacts', (t) =>
    t.field({
      type: [Impact],
      nullable: true,
      description: `The latest changes ${whose} that users asked for.`,
      args: { first },
      resolve: async ({ id }, page, { impacts }) => [
        ...(await impacts.pages(kind, id, { ...page, filter: {} })).rows,
      ],
    }),
  );
}

builder.queryFields((t) => ({
  impact: t.field({
    type: Impact,
    nullable: true,
    description: 'A published impact, null when there is none with this id.',
    args: { id: t.arg.id({ required: true, description: 'Its id.' }) },
    resolve: (_root, { id }, { impacts }) => impacts.byId.load(id),
  }),
  impacts: t.field({
    type: ImpactConnection,
    nullable: true,
    description: 'Published changes that users asked for, latest first.',
    args: {
      ...pageArguments(builder),
      filter: t.arg({ type: ImpactFilter, description: 'Which of them.' }),
    },
    resolve: (_root, { filter, ...page }, { impacts }) =>
      impacts.pages('EVERYTHING', '', { ...page, filter: filter ?? {} }),
  }),
}));
