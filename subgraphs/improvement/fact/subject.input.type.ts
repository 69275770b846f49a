import { internalOnly } from '../../../kernel/graphql/access.ts';
import { keyFields } from '../../../kernel/graphql/mutation.ts';
import { builder } from '../builder.ts';
import type { ImprovementInputFields } from './arguments.type.ts';

/** Whom something new is about. */
export const FactSubject = builder.inputType('FactSubject', {
  ...internalOnly,
  description: 'Whom it is about; nothing but the network for what concerns all of it.',
  fields: (t) => ({
    network: t.id({ required: true, description: 'The network.' }),
    structure: t.id({ description: 'A structure of the network.' }),
    site: t.id({ description: 'A site of the network.' }),
    territory: t.id({ description: 'A territory, where it is neither of a structure nor of a site.' }),
  }),
});

/** What the input of a `save…` mutation begins with: `subject` makes something, `id` and `version` change it. */
export const saveFields = (t: ImprovementInputFields) => ({
  ...keyFields(t),
  subject: t.field({
    type: FactSubject,
    description: 'Whom something new is about; it stays about them, so leave it out for what exists.',
  }),
  id: t.id({ description: 'What to change; all its content is given anew. Omitted for something new.' }),
  version: t.int({ description: 'With `id`: the `version` that was read, another one is a CONFLICT.' }),
});
