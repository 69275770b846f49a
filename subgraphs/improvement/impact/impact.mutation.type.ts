import { internal, internalOnly } from '../../../kernel/graphql/access.ts';
import { builder } from '../builder.ts';
import { today } from '../fact/mistakes.ts';
import { factPayload, publicationMutations } from '../fact/publication.type.ts';
import { IMPACTS } from '../fact/sources.ts';
import { saveFields } from '../fact/subject.input.type.ts';
import { Impact } from './impact.type.ts';
import { saveImpact } from './save.ts';

const SaveInput = builder.inputType('SaveImpactInput', {
  ...internalOnly,
  description: 'What an impact tells from now on.',
  fields: (t) => ({
    ...saveFields(t),
    title: t.string({ required: true, description: 'Its title; 300 characters at most.' }),
    story: t.string({ description: 'What happened; 4 000 characters at most.' }),
    before: t.string({ description: 'How it was before; 2 000 characters at most.' }),
    after: t.string({ description: 'How it is now; 2 000 characters at most.' }),
    plan: t.id({ description: 'The action plan of the network that it comes from.' }),
  }),
});

const Payload = factPayload('ImpactPayload', 'impact', Impact, ({ working }) => working.impacts);

builder.mutationField('saveImpact', (t) =>
  t.field({
    type: Payload,
    nullable: true,
    ...internal('improvement:write'),
    description: 'Makes the story of a change, which is a draft until it is published, or changes one.',
    args: { input: t.arg({ type: SaveInput, required: true, description: 'The impact.' }) },
    resolve: (_root, { input }, { writing }) => saveImpact(writing, input),
  }),
);
// What is published again keeps the day on which it was published first.
publicationMutations('Impact', IMPACTS, Payload, ({ published_on }) => ({
  published_on: published_on ?? today(),
}));
