import { internalOnly } from '../../../kernel/graphql/access.ts';
import { pageArguments } from '../../../kernel/graphql/connection.ts';
import { PlanActionConnection } from '../action/action.type.ts';
import { builder } from '../builder.ts';
import { SelfDiagnosisConnection } from '../diagnosis/diagnosis.type.ts';
import { ResultGapConnection } from '../gap/gap.type.ts';
import { ImpactConnection } from '../impact/impact.type.ts';
import { ActionPlanConnection } from '../plan/plan.type.ts';
import { PublicationEnum } from './fact-fields.type.ts';
import { ImprovementWork } from './work.type.ts';

const WorkFilter = builder.inputType('ImprovementWorkFilter', {
  ...internalOnly,
  description: 'Restricts what is worked on; every condition given must hold.',
  fields: (t) => ({
    ids: t.idList({ description: 'It is one of these.' }),
    publication: t.field({ type: [PublicationEnum], description: 'It stands so with readers.' }),
    structure: t.id({ description: 'It is about this structure, or one below it.' }),
    site: t.id({ description: 'It is about this site.' }),
    territory: t.id({ description: 'It is about a structure, a site or a territory within this one.' }),
  }),
});

/** Arguments of the lists of what is worked on, and what they select. */
export const workArguments = {
  ...pageArguments(builder),
  ...builder.args((t) => ({ filter: t.field({ type: WorkFilter, description: 'Which of it.' }) })),
};
type Given = typeof WorkFilter.$inferInput | null | undefined;
export const workFilter = (given: Given) => {
  const { publication, ...filter } = given ?? {};
  return { ...filter, is: { publication } };
};

builder.objectFields(ImprovementWork, (t) => ({
  selfDiagnoses: t.field({
    type: SelfDiagnosisConnection,
    nullable: true,
    description: 'Self-diagnoses, latest first.',
    args: workArguments,
    resolve: ({ networkId }, { filter, ...page }, { working }) =>
      working.diagnoses.pages('NETWORK', networkId, { ...page, filter: workFilter(filter) }),
  }),
  gaps: t.field({
    type: ResultGapConnection,
    nullable: true,
    description: 'Gaps between results and targets, latest first.',
    args: workArguments,
    resolve: ({ networkId }, { filter, ...page }, { working }) =>
      working.gaps.pages('NETWORK', networkId, { ...page, filter: workFilter(filter) }),
  }),
  actionPlans: t.field({
    type: ActionPlanConnection,
    nullable: true,
    description: 'Action plans, latest begun first.',
    args: workArguments,
    resolve: ({ networkId }, { filter, ...page }, { working }) =>
      working.plans.pages('NETWORK', networkId, { ...page, filter: workFilter(filter) }),
  }),
  actions: t.field({
    type: PlanActionConnection,
    nullable: true,
    description: 'Actions of plans, due last first.',
    args: workArguments,
    resolve: ({ networkId }, { filter, ...page }, { working }) =>
      working.actions.pages('NETWORK', networkId, { ...page, filter: workFilter(filter) }),
  }),
  impacts: t.field({
    type: ImpactConnection,
    nullable: true,
    description: 'Stories of changes, latest published first.',
    args: workArguments,
    resolve: ({ networkId }, { filter, ...page }, { working }) =>
      working.impacts.pages('NETWORK', networkId, { ...page, filter: workFilter(filter) }),
  }),
}));
