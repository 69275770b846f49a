import { subtract, toNumber } from '../../../kernel/decimal.ts';
import { connectionType, pageArguments } from '../../../kernel/graphql/connection.ts';
import { stubOf } from '../../../kernel/graphql/stub.ts';
import { builder, PageInfo } from '../builder.ts';
import { SelfDiagnosis } from '../diagnosis/diagnosis.type.ts';
import { subjectFilter } from '../fact/arguments.type.ts';
import type { FactFilter } from '../fact/filter.ts';
import { diagnosisOf, planOf } from '../fact/lead.ts';
import type { Fact } from '../fact/sources.ts';
import { ActionPlan } from '../plan/plan.type.ts';
import { Commitment, Indicator, SUBJECTS } from '../subject/stubs.type.ts';
import type { GapRow } from '../tables.ts';

export const GapSeverityEnum = builder.enumType('GapSeverity', {
  description: 'How serious a gap is, as the service judged it.',
  values: {
    MINOR: { description: 'To be watched.' },
    MODERATE: { description: 'To be corrected.' },
    MAJOR: { description: 'To be corrected first.' },
  },
});

export const ResultGap = builder.objectRef<Fact<GapRow>>('ResultGap').implement({
  description:
    'How far a result is from what was promised, as a service told it; its values are those that it gave.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'GAP-<key>.' }),
    observedOn: t.expose('observed_on', { type: 'Date', description: 'Day on which it was seen.' }),
    indicator: t.field({
      type: Indicator,
      nullable: true,
      description: 'What was measured.',
      resolve: ({ indicator_id }) => stubOf(indicator_id),
    }),
    commitment: t.field({
      type: Commitment,
      nullable: true,
      description: 'The commitment that it is a gap to.',
      resolve: ({ commitment_id }) => stubOf(commitment_id),
    }),
    period: t.exposeString('period', { nullable: true, description: 'Period of the result, as 2025-S1.' }),
    target: t.float({
      nullable: true,
      description: 'What was aimed at, as given.',
      resolve: ({ target }) => toNumber(target),
    }),
    actual: t.float({
      nullable: true,
      description: 'What was reached, as given.',
      resolve: ({ actual }) => toNumber(actual),
    }),
    difference: t.float({
      nullable: true,
      description: '`actual` − `target`, exact; null where one of them is not known.',
      resolve: ({ actual, target }) =>
        actual === null || target === null ? null : toNumber(subtract(actual, target)),
    }),
    severity: t.expose('severity', { type: GapSeverityEnum, description: 'How serious it is.' }),
    cause: t.exposeString('cause', { nullable: true, description: 'Why, as the service sees it.' }),
    source: t.exposeString('source', {
      nullable: true,
      description: 'Where the values come from, in the words of the service.',
    }),
    diagnosis: t.field({
      type: SelfDiagnosis,
      nullable: true,
      description: 'The self-diagnosis that it was found in.',
      resolve: ({ diagnosis_id, working }, _args, context) => diagnosisOf(context, diagnosis_id, working),
    }),
    plan: t.field({
      type: ActionPlan,
      nullable: true,
      description: 'The action plan that is to close it.',
      resolve: ({ plan_id, working }, _args, context) => planOf(context, plan_id, working),
    }),
  }),
});

export const ResultGapConnection = connectionType(builder, PageInfo, 'ResultGap', ResultGap);

const ResultGapFilter = builder.inputType('ResultGapFilter', {
  description: 'Restricts a selection of gaps; every condition given must hold.',
  fields: (t) => ({
    ...subjectFilter(t),
    severity: t.field({ type: [GapSeverityEnum], description: 'It is as serious as one of these.' }),
    commitment: t.id({ description: 'It is a gap to this commitment.' }),
    indicator: t.id({ description: 'It was measured by this indicator.' }),
  }),
});

type Given = typeof ResultGapFilter.$inferInput;

const filterOf = ({ severity, commitment, indicator, ...subject }: Given): FactFilter => ({
  ...subject,
  is: {
    severity,
    commitment_id: commitment ? [commitment] : null,
    indicator_id: indicator ? [indicator] : null,
  },
});

const LIST_ARGUMENTS = {
  ...pageArguments(builder),
  ...builder.args((t) => ({ filter: t.field({ type: ResultGapFilter, description: 'Which of them.' }) })),
};

for (const { kind, type, whose } of SUBJECTS) {
  builder.objectField(type, 'gaps', (t) =>
    t.field({
      type: ResultGapConnection,
      nullable: true,
      description: `Published gaps between results and targets ${whose}, latest seen first.`,
      args: LIST_ARGUMENTS,
      resolve: ({ id }, { filter, ...page }, { gaps }) =>
        gaps.pages(kind, id, { ...page, filter: filterOf(filter ?? {}) }),
    }),
  );
}

builder.objectField(SelfDiagnosis, 'gaps', (t) =>
  t.field({
    type: ResultGapConnection,
    nullable: true,
    description: 'Gaps that were found in it, latest seen first.',
    args: pageArguments(builder),
    resolve: ({ id, working }, page, context) =>
      (working ? context.working.gaps : context.gaps).pages('by diagnosis_id', id, { ...page, filter: {} }),
  }),
);

builder.queryFields((t) => ({
  gap: t.field({
    type: ResultGap,
    nullable: true,
    description: 'A published gap, null when there is none with this id.',
    args: { id: t.arg.id({ required: true, description: 'Its id.' }) },
    resolve: (_root, { id }, { gaps }) => gaps.byId.load(id),
  }),
  gaps: t.field({
    type: ResultGapConnection,
    nullable: true,
    description: 'Published gaps between results and targets, latest seen first.',
    args: LIST_ARGUMENTS,
    resolve: (_root, { filter, ...page }, { gaps }) =>
      gaps.pages('EVERYTHING', '', { ...page, filter: filterOf(filter ?? {}) }),
  }),
}));
