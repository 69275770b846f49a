import { toSubgraphSchema } from '../../kernel/graphql/subgraph.ts';
import { builder } from './builder.ts';
import { COSTS } from './costs.ts';
import './statistics/delays.type.ts';
import './statistics/statistics.type.ts';
import './testimony/testimony.type.ts';

export const { schema, sdl } = toSubgraphSchema(builder, COSTS);
