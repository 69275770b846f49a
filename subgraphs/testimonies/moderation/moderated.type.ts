import { internal, internalOnly } from '../../../kernel/graphql/access.ts';
import { connectionType } from '../../../kernel/graphql/connection.ts';
import { stubOf } from '../../../kernel/graphql/stub.ts';
import { possibleSteps } from '../../../kernel/write/workflow.ts';
import { builder, PageInfo } from '../builder.ts';
import { Network, Site, Structure, Territory } from '../subject/stubs.type.ts';
import { FeelingEnum, PostedAsEnum } from '../testimony/enums.type.ts';
import { Tag } from '../testimony/testimony.type.ts';
import {
  HintCodeEnum,
  HintFieldEnum,
  ModerationStepEnum,
  RejectionReasonEnum,
  TestimonyStateEnum,
} from './enums.type.ts';
import { type Hint, hintsOf } from './hints.ts';
import type { ModeratedConcernRow, ModeratedRow } from './moderated.query.ts';
import { moderationWorkflow } from './moderation.workflow.ts';
import type { Reason } from './reasons.ts';

const ModerationHint = builder.objectRef<Hint>('ModerationHint').implement({
  ...internalOnly,
  description:
    'A passage that a moderator may want to look at, found by rules that are always the same. It decides nothing.',
  fields: (t) => ({
    code: t.expose('code', { type: HintCodeEnum, description: 'What was found.' }),
    field: t.expose('field', { type: HintFieldEnum, description: 'In which text.' }),
    start: t.exposeInt('start', { description: 'Where it begins, in UTF-16 units from 0.' }),
    end: t.exposeInt('end', { description: 'Where it ends, this unit left out.' }),
    excerpt: t.exposeString('excerpt', { description: 'The passage.' }),
  }),
});

const ModeratedConcern = builder.objectRef<ModeratedConcernRow>('ModeratedConcern').implement({
  ...internalOnly,
  description: 'A structure that a testimony before the moderation concerns.',
  fields: (t) => ({
    network: t.field({
      type: Network,
      nullable: true,
      description: 'Its network; null where none was recognised.',
      resolve: ({ network_id }) => stubOf(network_id),
    }),
    structure: t.field({
      type: Structure,
      nullable: true,
      description: 'The structure; null where none was recognised.',
      resolve: ({ structure_id }) => stubOf(structure_id),
    }),
    site: t.field({
      type: Site,
      nullable: true,
      description: 'The place of reception, where it is known.',
      resolve: ({ site_id }) => stubOf(site_id),
    }),
    label: t.string({
      nullable: true,
      description: 'The words of the source, where no structure was recognised.',
      resolve: ({ structure_label, typology_label }) => structure_label ?? typology_label,
    }),
    channels: t.exposeStringList('channels', {
      description: 'How the user was in contact with it, in French.',
    }),
  }),
});

export const ModeratedTestimony = builder.objectRef<ModeratedRow>('ModeratedTestimony').implement({
  ...internal('testimonies:moderate'),
  description: 'A testimony as the moderation reads it, whatever its state.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'TEM-…' }),
    version: t.exposeInt('version', {
      description: 'Rises with every change: what a decision says it was made on.',
    }),
    state: t.expose('state', { type: TestimonyStateEnum, description: 'Where it stands.' }),
    possibleSteps: t.field({
      type: [ModerationStepEnum],
      description: 'What may be decided now.',
      resolve: ({ state }) => possibleSteps(moderationWorkflow, state),
    }),
    title: t.exposeString('title', { description: 'Title given by the user.' }),
    body: t.exposeString('body', { description: 'What the user tells.' }),
    pseudonym: t.exposeString('pseudonym', { nullable: true, description: 'Name that the user chose.' }),
    hints: t.field({
      type: [ModerationHint],
      description: 'Passages that may be against the charter, 50 at most.',
      resolve: ({ title, body, pseudonym }) => hintsOf({ TITLE: title, BODY: body, PSEUDONYM: pseudonym }),
    }),
    postedAs: t.expose('posted_as', {
      type: PostedAsEnum,
      nullable: true,
      description: 'In which quality the user wrote.',
    }),
    feeling: t.expose('feeling', { type: FeelingEnum, description: 'How the user lived it.' }),
    writtenOn: t.expose('written_on', { type: 'Date', description: 'Day of writing.' }),
    submittedAt: t.expose('submitted_at', { type: 'DateTime', description: 'When it came to the hub.' }),
    publishedOn: t.expose('published_on', {
      type: 'Date',
      nullable: true,
      description: 'Day of publication; null while it is not public.',
    }),
    userTerritory: t.field({
      type: Territory,
      nullable: true,
      description: 'Where the user lives: the département, else the région.',
      resolve: ({ user_departement_id, user_region_id }) => stubOf(user_departement_id ?? user_region_id),
    }),
    procedureLabels: t.stringList({
      description: 'The procedures that it is about, in the words of the user.',
      resolve: async ({ id }, _args, { moderation }) =>
        (await moderation.procedures.load(id)).map(({ label }) => label),
    }),
    tags: t.field({
      type: [Tag],
      description: 'The themes that it is sorted under.',
      resolve: ({ id }, _args, { moderation }) => moderation.tags.load(id),
    }),
    concerns: t.field({
      type: [ModeratedConcern],
      description: 'The structures concerned, one to three.',
      resolve: ({ id }, _args, { moderation }) => moderation.concerns.load(id),
    }),
    decidedOn: t.expose('decided_on', {
      type: 'Date',
      nullable: true,
      description: 'Day of the last decision made in the hub.',
    }),
    rejectionReason: t.field({
      type: RejectionReasonEnum,
      nullable: true,
      description: 'Why it is rejected; null when it is not, or when a source gives words only.',
      resolve: ({ rejection_code }) => rejection_code as Reason | null,
    }),
    rejectionWords: t.exposeString('rejection_reason', {
      nullable: true,
      description: 'Why it is rejected, in the words of the moderator or of the source.',
    }),
  }),
});

export const ModeratedTestimonyConnection = connectionType(
  builder,
  PageInfo,
  'ModeratedTestimony',
  ModeratedTestimony,
  { internal: true },
);
