import { internal, internalOnly } from '../../../kernel/graphql/access.ts';
import { keyFields, payloadType } from '../../../kernel/graphql/mutation.ts';
import { builder, UserError } from '../builder.ts';
import { Network } from '../subject/stubs.type.ts';
import type { Duty } from './duty.query.ts';
import { MOST_DAYS, setReplyDuty } from './set-duty.ts';

const ReplyDuty = builder.objectRef<Duty>('ReplyDuty').implement({
  description: 'In how many days a network undertakes to reply to those who tell an experience.',
  fields: (t) => ({
    days: t.exposeInt('days', { description: 'Days from the writing of a testimony to the first reply.' }),
    source: t.exposeString('source', { description: 'Who says so.' }),
    since: t.expose('since', {
      type: 'Date',
      nullable: true,
      description: 'First day of the undertaking, where it is known; every delay is held to the present one.',
    }),
    version: t.exposeInt('version', {
      ...internal('replies:read'),
      description: 'Rises with every change: what the next command asks for.',
    }),
  }),
});

builder.objectField(Network, 'replyDuty', (t) =>
  t.field({
    type: ReplyDuty,
    nullable: true,
    description: 'The delay of reply that this network undertakes to keep; null when it configured none.',
    resolve: ({ id }, _args, { loaders }) => loaders.duty.load(id),
  }),
);

const SetReplyDutyInput = builder.inputType('SetReplyDutyInput', {
  ...internalOnly,
  description: 'The delay that a network undertakes to keep from now on.',
  fields: (t) => ({
    ...keyFields(t),
    network: t.id({ required: true, description: 'Id of the network.' }),
    version: t.int({
      required: true,
      description: 'The `version` that was read, 0 when there was none: another one is a CONFLICT.',
    }),
    days: t.int({ required: true, description: `Days, 1 to ${MOST_DAYS}.` }),
    source: t.string({ required: true, description: 'Who says so; 300 characters at most. Public.' }),
    since: t.field({ type: 'Date', description: 'First day of the undertaking, if known.' }),
  }),
});

const SetReplyDutyPayload = payloadType(builder, UserError, 'SetReplyDutyPayload', {
  field: 'replyDuty',
  type: ReplyDuty,
  load: (id, { readDuty }) => readDuty(id),
});

builder.mutationField('setReplyDuty', (t) =>
  t.field({
    type: SetReplyDutyPayload,
    nullable: true,
    ...internal('commitments:word'),
    description: 'Sets in how many days a network undertakes to reply; public at once.',
    args: { input: t.arg({ type: SetReplyDutyInput, required: true, description: 'The delay.' }) },
    resolve: (_root, { input }, { writing }) => setReplyDuty(writing, input),
  }),
);
