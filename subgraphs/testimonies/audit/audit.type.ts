import { pageArguments } from '../../../kernel/graphql/connection.ts';
import { auditPage } from '../../../kernel/write/trail.ts';
import { AuditEntryConnection, AuditTrail, builder } from '../builder.ts';

builder.objectFields(AuditTrail, (t) => ({
  testimonies: t.field({
    type: AuditEntryConnection,
    nullable: true,
    description: 'What was written on testimonies about its structures and on their replies.',
    args: pageArguments(builder),
    resolve: ({ networkId }, args, { writing }) => auditPage(writing.agent, 'testimonies', networkId, args),
  }),
}));
