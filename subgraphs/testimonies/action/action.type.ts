import { pageArguments } from '../../../kernel/graphql/connection.ts';
import { stubOf } from '../../../kernel/graphql/stub.ts';
import { builder } from '../builder.ts';
import type { TestimoniesContext } from '../context.ts';
import type { ActionRow, LinkKind } from '../reply/tables.ts';
import { Network, Site, Structure } from '../subject/stubs.type.ts';
import { Testimony, TestimonyConnection } from '../testimony/testimony.type.ts';
import { ActionPlan, Impact } from './stubs.type.ts';

const EngagedAction = builder.objectRef<ActionRow>('EngagedAction').implement({
  description: 'What a structure does about a testimony: « Action engagée ».',
  fields: (t) => ({
    on: t.expose('engaged_on', { type: 'Date', description: 'Day on which it was engaged.' }),
    words: t.exposeString('words', { description: 'What is done, in the words of the structure.' }),
    network: t.field({
      type: Network,
      nullable: true,
      description: 'The network of the structure.',
      resolve: ({ network_id }) => ({ id: network_id }),
    }),
    structure: t.field({
      type: Structure,
      nullable: true,
      description: 'Who does it.',
      resolve: ({ structure_id }) => stubOf(structure_id),
    }),
    site: t.field({
      type: Site,
      nullable: true,
      description: 'The place of reception, where it is known.',
      resolve: ({ site_id }) => stubOf(site_id),
    }),
    plan: t.field({
      type: ActionPlan,
      nullable: true,
      description: 'The action plan that it belongs to.',
      resolve: ({ plan_id }) => stubOf(plan_id),
    }),
  }),
});

const linkedTo = async (kind: LinkKind, id: string, { loaders }: TestimoniesContext) =>
  (await loaders.links.load(id)).filter((link) => link.kind === kind).map((link) => ({ id: link.target_id }));

builder.objectFields(Testimony, (t) => ({
  actions: t.field({
    type: [EngagedAction],
    nullable: true,
    description: 'What structures concerned do about it, as far as they said it here.',
    resolve: ({ id }, _args, { loaders }) => loaders.actions.load(id),
  }),
  plans: t.field({
    type: t.listRef(ActionPlan, { nullable: true }),
    nullable: true,
    description: 'The action plans that it led to.',
    resolve: ({ id }, _args, context) => linkedTo('PLAN', id, context),
  }),
  impacts: t.field({
    type: t.listRef(Impact, { nullable: true }),
    nullable: true,
    description: "« Vous nous l'avez demandé, on l'a fait »: what changed because of it.",
    resolve: ({ id }, _args, context) => linkedTo('IMPACT', id, context),
  }),
}));

for (const { kind, type } of [
  { kind: 'PLAN', type: ActionPlan },
  { kind: 'IMPACT', type: Impact },
] as const) {
  builder.objectField(type, 'testimonies', (t) =>
    t.field({
      type: TestimonyConnection,
      nullable: true,
      description: 'Published testimonies behind it, latest published first.',
      args: pageArguments(builder),
      resolve: ({ id }, page, { linkedTestimonies }) => linkedTestimonies(kind, id, { ...page, filter: {} }),
    }),
  );
}
