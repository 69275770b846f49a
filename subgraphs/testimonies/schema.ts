import { toSubgraphSchema } from '../../kernel/graphql/subgraph.ts';
import { builder } from './builder.ts';
import { COSTS } from './costs.ts';
import './action/action.mutation.type.ts';
import './action/action.type.ts';
import './audit/audit.type.ts';
import './backlog/backlog.type.ts';
import './duty/duty.type.ts';
import './proof/voice.type.ts';
import './moderation/moderation.mutation.type.ts';
import './moderation/queue.type.ts';
import './reply/replies.mutation.type.ts';
import './facet/facet.type.ts';
import './highlight/highlight.type.ts';
import './signal/signal.type.ts';
import './similar/similar.type.ts';
import './statistics/delays.type.ts';
import './statistics/statistics.type.ts';
import './submission/submit.type.ts';
import './testimony/testimony.type.ts';

/** A testimony that is taken away must not stay. */
const STALENESS = { graph: 'testimonies', seconds: 60 };

export const { schema, sdl } = toSubgraphSchema(builder, COSTS, STALENESS);
