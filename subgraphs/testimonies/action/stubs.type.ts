import { foreignEntity } from '../../../kernel/graphql/stub.ts';
import { builder } from '../builder.ts';

/** What testimonies lead to; the subgraph improvement owns it. */
export const Impact = foreignEntity(builder, 'Impact');
export const ActionPlan = foreignEntity(builder, 'ActionPlan');
