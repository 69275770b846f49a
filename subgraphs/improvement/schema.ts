import { toSubgraphSchema } from '../../kernel/graphql/subgraph.ts';
import { builder } from './builder.ts';
import { COSTS } from './costs.ts';
import './diagnosis/diagnosis.mutation.type.ts';
import './action/action.mutation.type.ts';
import './action/action.type.ts';
import './diagnosis/duty.type.ts';
import './fact/work-lists.type.ts';
import './gap/gap.mutation.type.ts';
import './gap/gap.type.ts';
import './impact/impact.mutation.type.ts';
import './plan/plan.mutation.type.ts';
import './plan/progress.type.ts';
import './diagnosis/diagnosis.type.ts';
import './fact/audit.type.ts';
import './fact/subject.type.ts';
import './fact/work.type.ts';
import './impact/impact.type.ts';
import './conference/conference.mutation.type.ts';
import './conference/conference.type.ts';
import './governance/governance.mutation.type.ts';
import './governance/governance.type.ts';
import './idea/idea.mutation.type.ts';
import './idea/idea.type.ts';
import './label/application.type.ts';
import './label/evidence.type.ts';
import './label/label.mutation.type.ts';
import './label/label.type.ts';
import './major/major.mutation.type.ts';
import './major/major.type.ts';
import './plan/plan.type.ts';

/** Plans, labels and impacts move by the day. */
const STALENESS = { graph: 'improvement', seconds: 300 };

export const { schema, sdl } = toSubgraphSchema(builder, COSTS, STALENESS);
