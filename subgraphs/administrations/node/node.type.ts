import { builder } from '../builder.ts';
import { NodeInterface } from '../refs.ts';
import './foreign.type.ts';
import { findNode, findNodes } from './node.lookup.ts';

builder.queryFields((t) => ({
  node: t.field({
    type: NodeInterface,
    nullable: true,
    description: 'Anything by its id, whatever subgraph owns it; null when unknown.',
    args: { id: t.arg.id({ required: true, description: 'Any id of the graph.' }) },
    resolve: (_root, { id }, context) => findNode(id, context),
  }),
  nodes: t.field({
    type: [NodeInterface],
    nullable: { list: true, items: true },
    description: 'Several at once, in the order of the ids; null where an id is unknown.',
    args: { ids: t.arg.idList({ required: true, description: 'At most 100 ids.' }) },
    resolve: (_root, { ids }, context) => findNodes(ids, context),
  }),
}));
