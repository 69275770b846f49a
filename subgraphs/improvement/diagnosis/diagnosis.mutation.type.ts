import { internal, internalOnly } from '../../../kernel/graphql/access.ts';
import { builder } from '../builder.ts';
import { factPayload, publicationMutations } from '../fact/publication.type.ts';
import { DIAGNOSES } from '../fact/sources.ts';
import { saveFields } from '../fact/subject.input.type.ts';
import { SelfDiagnosis } from './diagnosis.type.ts';
import { saveDiagnosis } from './save.ts';

const FindingInput = builder.inputType('DiagnosisFindingInput', {
  ...internalOnly,
  description: 'How well a service thinks that it keeps one commitment.',
  fields: (t) => ({
    commitment: t.id({ required: true, description: 'Id of the commitment, such as COMMITMENT-E4.' }),
    score: t.float({ description: 'From 0 (not at all) to 100 (fully).' }),
    comment: t.string({ description: 'What was found; 4 000 characters at most.' }),
  }),
});

const SaveInput = builder.inputType('SaveSelfDiagnosisInput', {
  ...internalOnly,
  description: 'What a self-diagnosis says from now on.',
  fields: (t) => ({
    ...saveFields(t),
    madeOn: t.field({
      type: 'Date',
      required: true,
      description: 'Day on which it was made, today at the latest.',
    }),
    findings: t.field({
      type: [FindingInput],
      required: true,
      description: 'One finding for each commitment that was examined.',
    }),
  }),
});

const Payload = factPayload(
  'SelfDiagnosisPayload',
  'selfDiagnosis',
  SelfDiagnosis,
  ({ working }) => working.diagnoses,
);

builder.mutationField('saveSelfDiagnosis', (t) =>
  t.field({
    type: Payload,
    nullable: true,
    ...internal('improvement:write'),
    description: 'Makes a self-diagnosis, which is a draft until it is published, or changes one.',
    args: { input: t.arg({ type: SaveInput, required: true, description: 'The self-diagnosis.' }) },
    resolve: (_root, { input }, { writing }) => saveDiagnosis(writing, input),
  }),
);
publicationMutations('SelfDiagnosis', DIAGNOSES, Payload);
