import { connectionType, pageArguments } from '../../../kernel/graphql/connection.ts';
import { resolvable } from '../../../kernel/graphql/subgraph.ts';
import { builder, PageInfo } from '../builder.ts';
import type { ImprovementContext } from '../context.ts';
import type { Fact } from '../fact/sources.ts';
import { Commitment, SUBJECTS } from '../subject/stubs.type.ts';
import type { DiagnosisRow, Finding } from '../tables.ts';

const DiagnosisFinding = builder.objectRef<Finding>('DiagnosisFinding').implement({
  description: 'How well a service thinks that it keeps one commitment.',
  fields: (t) => ({
    commitment: t.field({
      type: Commitment,
      nullable: true,
      description: 'The commitment.',
      resolve: ({ commitmentId }) => ({ id: commitmentId }),
    }),
    score: t.exposeFloat('score', { nullable: true, description: 'From 0 (not at all) to 100 (fully).' }),
    comment: t.exposeString('comment', { nullable: true, description: 'What was found.' }),
  }),
});

export const SelfDiagnosis = builder.objectRef<Fact<DiagnosisRow>>('SelfDiagnosis').implement({
  description: 'What a service found when it examined itself against the commitments, at least once a year.',
  directives: [
    { name: 'key', args: { fields: 'id' } },
    { name: 'key', args: { fields: 'ref' } },
  ],
  extensions: resolvable<ImprovementContext>(({ id, ref }, { diagnoses }) =>
    diagnoses.byId.load(String(id ?? ref)),
  ),
  fields: (t) => ({
    id: t.exposeID('id', { description: 'DIAG-<key>.' }),
    ref: t.exposeID('id', {
      directives: { inaccessible: {} },
      description: 'The same id, by which `node` finds it.',
    }),
    madeOn: t.expose('made_on', { type: 'Date', description: 'Day on which it was made.' }),
    findings: t.expose('findings', { type: [DiagnosisFinding], description: 'One finding per commitment.' }),
  }),
});

export const SelfDiagnosisConnection = connectionType(builder, PageInfo, 'SelfDiagnosis', SelfDiagnosis);

for (const { kind, type, whose } of SUBJECTS) {
  builder.objectField(type, 'selfDiagnoses', (t) =>
    t.field({
      type: SelfDiagnosisConnection,
      nullable: true,
      description: `Published self-diagnoses ${whose}, latest first.`,
      args: pageArguments(builder),
      resolve: ({ id }, page, { diagnoses }) => diagnoses.pages(kind, id, { ...page, filter: {} }),
    }),
  );
}

builder.queryField('selfDiagnosis', (t) =>
  t.field({
    type: SelfDiagnosis,
    nullable: true,
    description: 'A published self-diagnosis, null when there is none with this id.',
    args: { id: t.arg.id({ required: true, description: 'Its id.' }) },
    resolve: (_root, { id }, { diagnoses }) => diagnoses.byId.load(id),
  }),
);
