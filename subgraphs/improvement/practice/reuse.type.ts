import { internal, internalOnly } from '../../../kernel/graphql/access.ts';
import { keyFields } from '../../../kernel/graphql/mutation.ts';
import { builder } from '../builder.ts';
import { factPayload, publicationMutations } from '../fact/publication.type.ts';
import { FactSubject } from '../fact/subject.input.type.ts';
import { registerType } from '../register/register.type.ts';
import { declareReuse } from './declare-reuse.ts';
import { PRACTICE_REUSES } from './reuse.kind.ts';

export const { type: PracticeReuse, connection: PracticeReuseConnection } = registerType(
  PRACTICE_REUSES,
  ({ registers }) => registers.reuses,
  { written: false },
);

const Payload = factPayload(
  'PracticeReusePayload',
  'practiceReuse',
  PracticeReuse,
  ({ registers }) => registers.reuses.working,
);

const DeclareReuseInput = builder.inputType('DeclareReuseInput', {
  ...internalOnly,
  description: 'Who took up which practice.',
  fields: (t) => ({
    ...keyFields(t),
    subject: t.field({ type: FactSubject, required: true, description: 'Who took it up.' }),
    practice: t.id({ required: true, description: 'Id of a public practice.' }),
    on: t.field({ type: 'Date', required: true, description: 'Day since which it is done there too.' }),
    words: t.string({ description: 'What was changed, and what came of it; 2 000 characters at most.' }),
  }),
});

builder.mutationField('declareReuse', (t) =>
  t.field({
    type: Payload,
    nullable: true,
    ...internal('improvement:write'),
    description: 'Says that a network, a structure or a site took up a public practice; public at once.',
    args: { input: t.arg({ type: DeclareReuseInput, required: true, description: 'The reuse.' }) },
    resolve: (_root, { input }, { writing }) => declareReuse(writing, input),
  }),
);
publicationMutations('PracticeReuse', PRACTICE_REUSES, Payload);
