import './access/access.type.ts';
import './audit/audit.type.ts';
import './changes/changes.type.ts';
import './commitment/commitment.type.ts';
import './commitment/wording.type.ts';
import './network/network.type.ts';
import './node/node.type.ts';
import './procedure/procedure.type.ts';
import './scorecard/scorecard.type.ts';
import './site/site.type.ts';
import './structure/structure.type.ts';
import './surroundings/surroundings.type.ts';
import './territory/territory.type.ts';
import { toSubgraphSchema } from '../../kernel/graphql/subgraph.ts';
import { builder } from './builder.ts';
import { COSTS } from './costs.ts';

/** The directory moves with its imports; what has just changed is always asked again. */
const STALENESS = { graph: 'administrations', seconds: 3600, fields: { 'Query.changes': 0 } };

/** What this subgraph executes, and the SDL that it publishes. */
export const { schema, sdl } = toSubgraphSchema(builder, COSTS, STALENESS);
