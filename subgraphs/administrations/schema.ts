import './commitment/commitment.type.ts';
import './network/network.type.ts';
import './node/node.type.ts';
import './procedure/procedure.type.ts';
import './site/site.type.ts';
import './structure/structure.type.ts';
import './territory/territory.type.ts';
import { toSubgraphSchema } from '../../kernel/graphql/subgraph.ts';
import { builder } from './builder.ts';

/** What this subgraph executes, and the SDL that it publishes. */
export const { schema, sdl } = toSubgraphSchema(builder);
