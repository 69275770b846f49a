import { pageArguments } from '../../../kernel/graphql/connection.ts';
import { auditPage } from '../../../kernel/write/trail.ts';
import { AuditEntryConnection, AuditTrail, builder } from '../builder.ts';

builder.objectFields(AuditTrail, (t) => ({
  results: t.field({
    type: AuditEntryConnection,
    nullable: true,
    description: 'What was written on its results, drafts of results and indicators.',
    args: pageArguments(builder),
    resolve: ({ networkId }, args, { writing }) => auditPage(writing.agent, 'results', networkId, args),
  }),
}));
