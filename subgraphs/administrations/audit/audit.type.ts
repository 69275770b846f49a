import { internal } from '../../../kernel/graphql/access.ts';
import { pageArguments } from '../../../kernel/graphql/connection.ts';
import { trailOf } from '../../../kernel/graphql/write-types.ts';
import { auditPage } from '../../../kernel/write/trail.ts';
import { builder } from '../builder.ts';
import { idOf } from '../input.ts';
import { AuditEntryConnection, AuditTrail } from '../refs.ts';

builder.objectFields(AuditTrail, (t) => ({
  commitments: t.field({
    type: AuditEntryConnection,
    nullable: true,
    description: 'What was written on its commitments.',
    args: pageArguments(builder),
    resolve: ({ networkId }, args, { agent }) => auditPage(agent, 'commitments', networkId, args),
  }),
}));

builder.queryFields((t) => ({
  auditTrail: t.field({
    type: AuditTrail,
    nullable: true,
    ...internal('audit:read'),
    description: 'What was written on a network through the graph; null when unknown, or of another network.',
    args: { network: t.arg.id({ required: true, description: 'Id of the network.' }) },
    resolve: async (_root, { network }, { loaders, viewer }) => {
      const id = idOf('Network', network, 'network');
      // Looked up first, so that an unknown network takes as long as one out of reach.
      const known = id === null ? null : await loaders.network.byId.load(id);
      return known && trailOf(known.id, viewer);
    },
  }),
}));
