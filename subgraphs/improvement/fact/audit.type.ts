import { pageArguments } from '../../../kernel/graphql/connection.ts';
import { auditPage } from '../../../kernel/write/trail.ts';
import { AuditEntryConnection, AuditTrail, builder } from '../builder.ts';

builder.objectFields(AuditTrail, (t) => ({
  improvement: t.field({
    type: AuditEntryConnection,
    nullable: true,
    description: 'What was written on its self-diagnoses, plans, labels and what else is done to improve.',
    args: pageArguments(builder),
    resolve: ({ networkId }, args, { writing }) => auditPage(writing.agent, 'improvement', networkId, args),
  }),
}));
