import { toNumber } from '../../../kernel/decimal.ts';
import { parsePeriod } from '../../../kernel/period.ts';
import type { SubjectKind } from '../../../kernel/postgres/subject.ts';
import { builder } from '../builder.ts';
import type { SimplificationContext } from '../context.ts';
import { SUBJECTS } from '../subject/stubs.type.ts';
import { SimplificationDelay } from './delays.type.ts';
import type { FunnelRow } from './funnel.ts';

export const SimplificationFunnel = builder.objectRef<FunnelRow>('SimplificationFunnel').implement({
  description: 'Of the reports received in a period, how many reached each step, and how long it took.',
  fields: (t) => ({
    received: t.exposeInt('received', { description: 'Received.' }),
    triaged: t.exposeInt('triaged', { description: 'Of these, examined.' }),
    rewritten: t.exposeInt('rewritten', { description: 'Of these, rewritten.' }),
    tested: t.exposeInt('tested', { description: 'Of these, tested with users.' }),
    disseminated: t.exposeInt('disseminated', { description: 'Of these, in use in their new version.' }),
    declined: t.exposeInt('declined', { description: 'Of these, not to be rewritten.' }),
    medianDays: t.float({
      nullable: true,
      description: 'Half of them took no more days from receipt to dissemination; null when none got there.',
      resolve: ({ median_days }) => toNumber(median_days),
    }),
    delays: t.expose('delays', {
      type: [SimplificationDelay],
      description: 'How long each step took, in their order.',
    }),
  }),
});

const ARGUMENTS = builder.args((t) => ({
  period: t.string({
    description: 'When they were received: 2023, 2023-S1, 2023-T3 or 2023-07; always when omitted.',
  }),
}));

function funnelOf(
  kind: SubjectKind,
  id: string,
  { period }: { period?: string | null | undefined },
  { loaders }: SimplificationContext,
): Promise<FunnelRow | null> {
  const { start: from = null, end: to = null } = period ? parsePeriod(period) : {};
  return loaders.funnel({ kind, network: null, from, to }).load(id);
}

for (const { kind, type, whose } of SUBJECTS) {
  builder.objectField(type, 'simplificationFunnel', (t) =>
    t.field({
      type: SimplificationFunnel,
      nullable: true,
      description: `How far the reports ${whose} got.`,
      args: ARGUMENTS,
      resolve: ({ id }, args, context) => funnelOf(kind, id, args, context),
    }),
  );
}

builder.queryField('simplificationFunnel', (t) =>
  t.field({
    type: SimplificationFunnel,
    nullable: true,
    description: 'How far all reports got.',
    args: ARGUMENTS,
    resolve: (_root, args, context) => funnelOf('EVERYTHING', '', args, context),
  }),
);
