import { toNumber } from '../../../kernel/decimal.ts';
import { pageArguments } from '../../../kernel/graphql/connection.ts';
import { foreignEntity } from '../../../kernel/graphql/stub.ts';
import { type ProofKey, placeKind, proofOf } from '../../../kernel/proof.ts';
import { builder } from '../builder.ts';
import { EcoMeasureConnection } from '../eco/eco.type.ts';
import { ResultGapConnection } from '../gap/gap.type.ts';
import { ActionPlanConnection } from '../plan/plan.type.ts';
import { TrainingCoverage } from '../training/training.type.ts';
import type { Judgement } from './judgement.query.ts';

/** The commitments that agents are trained for, and those that eco-measures serve, in both lists. */
const TRAINED_FOR = new Set(['COMMITMENT-E1', 'COMMITMENT-2021-1']);
const ECOLOGICAL = new Set(['COMMITMENT-E8', 'COMMITMENT-2021-9']);

const JudgementType = builder.objectRef<Judgement>('CommitmentJudgement').implement({
  description:
    'How services judge themselves on a commitment: the latest published self-diagnosis of each service of the scope.',
  fields: (t) => ({
    diagnoses: t.exposeInt('diagnoses', { description: 'Self-diagnoses that count, one a service.' }),
    scored: t.exposeInt('scored', { description: 'Those of them that give this commitment a score.' }),
    meanScore: t.float({
      nullable: true,
      description: 'Plain mean of these scores, each service counting once, 0 to 100; null without any.',
      resolve: ({ mean }) => toNumber(mean),
    }),
    latestOn: t.expose('latest_on', {
      type: 'Date',
      nullable: true,
      description: 'Day of the latest self-diagnosis that counts.',
    }),
  }),
});

/** How the lists of a scope are asked. */
const within = ({ place, network }: ProofKey) => ({
  kind: placeKind(place) ?? ('TERRITORY' as const),
  filter: { network },
});

builder.objectFields(foreignEntity(builder, 'CommitmentProof'), (t) => ({
  actionPlans: t.field({
    type: ActionPlanConnection,
    nullable: true,
    description: 'Published action plans of the scope that serve it, latest begun first.',
    args: pageArguments(builder),
    resolve: ({ id }, page, { plans }) => {
      const key = proofOf(id);
      if (key === null) return null;
      const { kind, filter } = within(key);
      return plans.pages(kind, key.place, { ...page, filter: { ...filter, commitment: key.commitment } });
    },
  }),
  gaps: t.field({
    type: ResultGapConnection,
    nullable: true,
    description: 'Published gaps between what was promised and what was reached, latest seen first.',
    args: pageArguments(builder),
    resolve: ({ id }, page, { gaps }) => {
      const key = proofOf(id);
      if (key === null) return null;
      const { kind, filter } = within(key);
      const is = { commitment_id: [key.commitment] };
      return gaps.pages(kind, key.place, { ...page, filter: { ...filter, is } });
    },
  }),
  selfDiagnosis: t.field({
    type: JudgementType,
    nullable: true,
    description: 'How the services of the scope judge themselves on it.',
    resolve: ({ id }, _args, { judgements }) => {
      const key = proofOf(id);
      if (key === null) return null;
      const { kind } = within(key);
      return judgements({ kind, place: key.place, network: key.network }).load(key.commitment);
    },
  }),
  training: t.field({
    type: [TrainingCoverage],
    nullable: true,
    description:
      'Trained agents of the scope, by theme, for the commitment that asks for it; null for the others.',
    resolve: ({ id }, _args, { registers }) => {
      const key = proofOf(id);
      if (key === null || !TRAINED_FOR.has(key.commitment)) return null;
      const { kind, filter } = within(key);
      return registers.coverage(kind, filter, { theme: null, period: null }).load(key.place);
    },
  }),
  ecoMeasures: t.field({
    type: EcoMeasureConnection,
    nullable: true,
    description: 'Eco-measures of the scope, for the commitment about the environment; null for the others.',
    args: pageArguments(builder),
    resolve: ({ id }, page, { registers }) => {
      const key = proofOf(id);
      if (key === null || !ECOLOGICAL.has(key.commitment)) return null;
      const { kind, filter } = within(key);
      return registers.eco.published.pages(kind, key.place, { ...page, filter });
    },
  }),
}));
