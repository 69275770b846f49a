import { pageArguments } from '../../../kernel/graphql/connection.ts';
import { auditPage } from '../../../kernel/write/trail.ts';
import { AuditEntryConnection, AuditTrail, builder } from '../builder.ts';

builder.objectFields(AuditTrail, (t) => ({
  simplification: t.field({
    type: AuditEntryConnection,
    nullable: true,
    description: 'What was written on reports of complex documents, on the register and on their rewriting.',
    args: pageArguments(builder),
    resolve: ({ networkId }, args, { writing }) =>
      auditPage(writing.agent, 'simplification', networkId, args),
  }),
}));
