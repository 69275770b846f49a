import { internal } from '../../../kernel/graphql/access.ts';
import { connectionType, pageArguments } from '../../../kernel/graphql/connection.ts';
import { builder, PageInfo } from '../builder.ts';
import { ReplyStateEnum, ReplyTask } from '../reply/task.type.ts';
import { Network, Site, Structure } from '../subject/stubs.type.ts';
import { OWED, type BacklogSummary as Summary } from './backlog.ts';

const ReplyTaskConnection = connectionType(builder, PageInfo, 'ReplyTask', ReplyTask, { internal: true });

const BacklogSummary = builder.objectRef<Summary>('BacklogSummary').implement({
  ...internal('replies:read'),
  description: 'What is still owed to users, in figures.',
  fields: (t) => ({
    toProcess: t.exposeInt('to_process', { description: 'Replies that nobody has begun.' }),
    draft: t.exposeInt('draft', { description: 'Replies that are being written.' }),
    toValidate: t.exposeInt('to_validate', { description: 'Replies that wait for a super agent.' }),
    overdue: t.exposeInt('overdue', {
      nullable: true,
      description: 'Those of them that are late; null where no delay is configured.',
    }),
    oldestWrittenOn: t.expose('oldest', {
      type: 'Date',
      nullable: true,
      description: 'Day of the oldest testimony among them; null when nothing is owed.',
    }),
  }),
});

const ARGUMENTS = {
  ...pageArguments(builder),
  ...builder.args((t) => ({
    states: t.field({
      type: [ReplyStateEnum],
      description: 'The reply is in one of these states; without any, those in which it is still owed.',
    }),
    overdue: t.boolean({ description: 'Whether the delay of the network is over; both when omitted.' }),
  })),
};

const SUBJECTS = [
  { kind: 'NETWORK', type: Network, whose: 'of this network' },
  { kind: 'STRUCTURE', type: Structure, whose: 'of this structure and those below it' },
  { kind: 'SITE', type: Site, whose: 'of this site' },
] as const;

for (const { kind, type, whose } of SUBJECTS) {
  builder.objectFields(type, (t) => ({
    backlog: t.field({
      type: ReplyTaskConnection,
      nullable: true,
      ...internal('replies:read'),
      description: `Replies ${whose} to published testimonies, the oldest testimony first: what the viewer may see of it.`,
      args: ARGUMENTS,
      resolve: ({ id }, { states, overdue, ...page }, { backlog }) =>
        backlog.pages(kind, id, {
          ...page,
          filter: { states: states ?? OWED, overdue: overdue ?? null },
        }),
    }),
    backlogSummary: t.field({
      type: BacklogSummary,
      nullable: true,
      ...internal('replies:read'),
      description: `What is owed ${whose}, in figures: what the viewer may see of it.`,
      resolve: ({ id }, _args, { backlog }) => backlog.summary(kind, id),
    }),
  }));
}
