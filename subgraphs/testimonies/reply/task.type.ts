import { toNumber } from '../../../kernel/decimal.ts';
import { internal, internalOnly } from '../../../kernel/graphql/access.ts';
import { stepEnum } from '../../../kernel/graphql/mutation.ts';
import { stubOf } from '../../../kernel/graphql/stub.ts';
import { builder } from '../builder.ts';
import { TestimonyConcern } from '../concern/concern.type.ts';
import { Network, Site, Structure } from '../subject/stubs.type.ts';
import { Testimony } from '../testimony/testimony.type.ts';
import { concernId } from './concern-id.ts';
import { replyWorkflow } from './reply.workflow.ts';
import { stepsFor } from './steps.ts';
import { REPLY_STATES } from './tables.ts';
import type { TaskRow } from './task.query.ts';

export const ReplyStateEnum = builder.enumType('ReplyState', {
  ...internalOnly,
  description: 'How far a reply is, as those who work on it know it.',
  values: Object.fromEntries(
    REPLY_STATES.map((state) => [state, { description: replyWorkflow.states[state] }]),
  ) as Record<(typeof REPLY_STATES)[number], { description: string }>,
});

const ReplyStep = stepEnum(builder, 'ReplyStep', replyWorkflow);

const TaskRef = builder.objectRef<TaskRow>('ReplyTask');

export const ReplyTask = TaskRef.implement({
  ...internal('replies:read'),
  description:
    'What one structure owes to a published testimony. Its network sees it; a local referent, what is below its own structure.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id of the structure concerned: TEM-<number>:<position>.' }),
    testimony: t.field({
      type: Testimony,
      nullable: true,
      description: 'What the user tells.',
      resolve: ({ testimony_id }, _args, { loaders }) => loaders.testimony.load(testimony_id),
    }),
    network: t.field({
      type: Network,
      nullable: true,
      description: 'The network of the structure.',
      resolve: ({ network_id }) => ({ id: network_id }),
    }),
    structure: t.field({
      type: Structure,
      nullable: true,
      description: 'The structure; null where the source names one that the directory does not know.',
      resolve: ({ structure_id }) => stubOf(structure_id),
    }),
    structureLabel: t.exposeString('structure_label', {
      nullable: true,
      description: 'The words of the source, where the structure was not recognised.',
    }),
    site: t.field({
      type: Site,
      nullable: true,
      description: 'The place of reception, where it is known.',
      resolve: ({ site_id }) => stubOf(site_id),
    }),
    state: t.expose('status', { type: ReplyStateEnum, description: 'How far the reply is.' }),
    version: t.exposeInt('version', {
      description: 'Rises with every change: what the next command asks for.',
    }),
    steps: t.field({
      type: [ReplyStep],
      description: 'What the viewer may do next.',
      resolve: ({ status }, _args, { viewer }) => stepsFor(viewer, status),
    }),
    body: t.exposeString('body', {
      nullable: true,
      description: 'The reply as it stands, drafted or public; null when nothing is written.',
    }),
    aiSimilarity: t.float({
      nullable: true,
      description:
        'How close it is to the last draft of an AI that was sent with it, in percent of words; null without any.',
      resolve: ({ ai_similarity }) => toNumber(ai_similarity),
    }),
    sentBackReason: t.exposeString('sent_back_reason', {
      nullable: true,
      description: 'Which changes the super agent asks for, until it is submitted again.',
    }),
    writtenOn: t.expose('written_on', {
      type: 'Date',
      description: 'Day of the testimony, from which the delay counts.',
    }),
    waitingDays: t.exposeInt('waiting_days', {
      description: 'Days from the testimony to the first reply, or to today.',
    }),
    dueOn: t.expose('due_on', {
      type: 'Date',
      nullable: true,
      description: 'Last day of the delay that the network undertakes to keep; null where it has none.',
    }),
    overdue: t.exposeBoolean('overdue', {
      nullable: true,
      description: 'Whether the first reply came, or has not come yet, after that day.',
    }),
    handedOnTo: t.field({
      type: TaskRef,
      nullable: true,
      description: 'The structure below that took the reply over.',
      resolve: ({ testimony_id, handed_to }, _args, { loaders }) =>
        handed_to === null ? null : loaders.task.load(concernId(testimony_id, handed_to)),
    }),
    handedOnFrom: t.id({
      nullable: true,
      description: 'Id of what the structure above handed on.',
      resolve: ({ testimony_id, handed_from }) =>
        handed_from === null ? null : concernId(testimony_id, handed_from),
    }),
  }),
});

builder.objectFields(TestimonyConcern, (t) => ({
  id: t.id({
    description: 'TEM-<number>:<position>; a structure that took a reply over has a position of its own.',
    resolve: ({ testimony_id, position }) => concernId(testimony_id, position),
  }),
  task: t.field({
    type: ReplyTask,
    nullable: true,
    ...internal('replies:read'),
    description: 'How far the reply is, for those who work on it; null out of their reach.',
    resolve: ({ testimony_id, position }, _args, { loaders }) =>
      loaders.task.load(concernId(testimony_id, position)),
  }),
}));
