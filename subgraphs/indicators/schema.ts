import { toSubgraphSchema } from '../../kernel/graphql/subgraph.ts';
import { builder } from './builder.ts';
import { COSTS } from './costs.ts';
import './audit/audit.type.ts';
import './changes/changes.type.ts';
import './comparison/comparison.type.ts';
import './completeness/completeness.type.ts';
import './corrections/corrections.type.ts';
import './definitions/define.type.ts';
import './drafts/draft.type.ts';
import './drafts/drafts.mutation.type.ts';
import './equality/equality.type.ts';
import './figure/explanation.type.ts';
import './figure/figures.type.ts';
import './figure/results.type.ts';
import './imports/imports.type.ts';
import './indicator/indicators.type.ts';
import './networks/networks.type.ts';
import './peers/peers.type.ts';
import './procedure/procedure.type.ts';
import './proof/proof.type.ts';
import './ranking/ranking.type.ts';
import './series/series.type.ts';
import './statistics/statistics.type.ts';
import './survey/intake.type.ts';
import './survey/survey.mutation.type.ts';
import './transparency/transparency.type.ts';

/** A result published, corrected or withdrawn is seen within minutes. */
const STALENESS = { graph: 'indicators', seconds: 300 };

export const { schema, sdl } = toSubgraphSchema(builder, COSTS, STALENESS);
