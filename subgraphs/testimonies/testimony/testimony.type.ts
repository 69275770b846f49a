import { connectionType, pageArguments } from '../../../kernel/graphql/connection.ts';
import { stubOf } from '../../../kernel/graphql/stub.ts';
import { resolvable } from '../../../kernel/graphql/subgraph.ts';
import { cleanText } from '../../../kernel/text.ts';
import { builder, PageInfo } from '../builder.ts';
import { TestimonyConcern } from '../concern/concern.type.ts';
import type { TestimoniesContext } from '../context.ts';
import { Procedure, SUBJECTS, Territory } from '../subject/stubs.type.ts';
import type { TagRow, TestimonyRow } from '../tables.ts';
import { FeelingEnum, PostedAsEnum } from './enums.type.ts';
import { readFilter, TestimonyFilterInput } from './filter.type.ts';

export const Tag = builder.objectRef<TagRow>('Tag').implement({
  description: 'A theme that testimonies are sorted by.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Its id, to filter by.' }),
    label: t.exposeString('label', { description: 'Its French name.' }),
  }),
});

export const Testimony = builder.objectRef<TestimonyRow>('Testimony').implement({
  description: 'A published experience of a user with public services. Its author is never identified.',
  directives: [
    { name: 'key', args: { fields: 'id' } },
    { name: 'key', args: { fields: 'ref' } },
  ],
  extensions: resolvable<TestimoniesContext>(({ id, ref }, { loaders }) =>
    loaders.testimony.load(String(id ?? ref)),
  ),
  fields: (t) => ({
    id: t.exposeID('id', { description: 'TEM-<number on the platform>.' }),
    ref: t.exposeID('id', {
      directives: { inaccessible: {} },
      description: 'The same id, by which `node` finds it.',
    }),
    title: t.exposeString('title', { description: 'Title given by the user.' }),
    body: t.exposeString('body', { description: 'What the user tells.' }),
    pseudonym: t.exposeString('pseudonym', { nullable: true, description: 'Name that the user chose.' }),
    postedAs: t.expose('posted_as', {
      type: PostedAsEnum,
      nullable: true,
      description: 'In which quality the user wrote.',
    }),
    feeling: t.expose('feeling', { type: FeelingEnum, description: 'How the user lived it.' }),
    writtenOn: t.expose('written_on', { type: 'Date', description: 'Day of writing.' }),
    publishedOn: t.expose('published_on', {
      type: 'Date',
      nullable: true,
      description: 'Day of publication, after moderation.',
    }),
    userTerritory: t.field({
      type: Territory,
      nullable: true,
      description: 'Where the user lives: the département, else the région.',
      resolve: ({ user_departement_id, user_region_id }) => stubOf(user_departement_id ?? user_region_id),
    }),
    procedures: t.field({
      type: t.listRef(Procedure, { nullable: true }),
      description: 'The procedures that it is about, where the words of the user were recognised.',
      resolve: async ({ id }, _args, { loaders }) =>
        (await loaders.procedures.load(id)).map(({ procedure_id }) => stubOf(procedure_id)).filter(Boolean),
    }),
    procedureLabels: t.stringList({
      description: 'The procedures that it is about, in the words of the user.',
      resolve: async ({ id }, _args, { loaders }) =>
        (await loaders.procedures.load(id)).map(({ label }) => label),
    }),
    tags: t.field({
      type: [Tag],
      description: 'The themes that it is sorted under.',
      resolve: ({ id }, _args, { loaders }) => loaders.tags.load(id),
    }),
    similarExperiences: t.exposeInt('similar_experiences', {
      description: 'How many people said that they lived a similar experience.',
    }),
    concerns: t.field({
      type: [TestimonyConcern],
      description:
        'The structures concerned, each with its own reply: one to three that the user named, and those that they handed it on to.',
      resolve: ({ id }, _args, { loaders }) => loaders.concerns.load(id),
    }),
    answered: t.exposeBoolean('answered', { description: 'Whether at least one structure has replied.' }),
    actionEngaged: t.exposeBoolean('action_engaged', { description: 'Whether an action was engaged.' }),
    actionEngagedOn: t.expose('action_engaged_on', {
      type: 'Date',
      nullable: true,
      description: 'Day on which the action was engaged.',
    }),
  }),
});

export const TestimonyConnection = connectionType(builder, PageInfo, 'Testimony', Testimony);

const LIST_ARGUMENTS = {
  ...pageArguments(builder),
  ...builder.args((t) => ({
    filter: t.field({ type: TestimonyFilterInput, description: 'Which of them.' }),
  })),
};

for (const { kind, type, whose } of SUBJECTS) {
  builder.objectField(type, 'testimonies', (t) =>
    t.field({
      type: TestimonyConnection,
      nullable: true,
      description: `Published testimonies ${whose}, latest published first.`,
      args: LIST_ARGUMENTS,
      resolve: ({ id }, { filter, ...page }, { testimonies }) =>
        testimonies(kind, id, { ...page, filter: readFilter(filter) }),
    }),
  );
}

builder.queryFields((t) => ({
  testimony: t.field({
    type: Testimony,
    nullable: true,
    description: 'A published testimony, null when there is none with this id.',
    args: { id: t.arg.id({ required: true, description: 'Its id.' }) },
    resolve: (_root, { id }, { loaders }) => loaders.testimony.load(cleanText(id, 'id')),
  }),
  testimonies: t.field({
    type: TestimonyConnection,
    nullable: true,
    description: 'Published testimonies, latest published first.',
    args: LIST_ARGUMENTS,
    resolve: (_root, { filter, ...page }, { testimonies }) =>
      testimonies('EVERYTHING', '', { ...page, filter: readFilter(filter) }),
  }),
}));
