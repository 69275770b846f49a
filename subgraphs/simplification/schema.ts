import { toSubgraphSchema } from '../../kernel/graphql/subgraph.ts';
import './audit/audit.type.ts';
import { builder } from './builder.ts';
import { COSTS } from './costs.ts';
import './document/document.type.ts';
import './document/list.type.ts';
import './document/work.type.ts';
import './funnel/funnel.type.ts';
import './funnel/stats.type.ts';
import './gallery/gallery.mutation.type.ts';
import './gallery/gallery.type.ts';
import './panel/panel.mutation.type.ts';
import './panel/panel.type.ts';
import './proof/proof.type.ts';
import './readability/readability.type.ts';
import './report/queue.type.ts';
import './report/report.type.ts';
import './report/steps.mutation.type.ts';
import './report/work.type.ts';
import './rewrite/rewrite.mutation.type.ts';
import './rewrite/rewrite.type.ts';
import './session/session.mutation.type.ts';
import './session/session.type.ts';
import './submission/private.type.ts';
import './submission/submission.mutation.type.ts';

/** A report moves through its states by the day. */
const STALENESS = { graph: 'simplification', seconds: 300 };

export const { schema, sdl } = toSubgraphSchema(builder, COSTS, STALENESS);
