import { internal, internalOnly } from '../../../kernel/graphql/access.ts';
import { keyFields, versionFields } from '../../../kernel/graphql/mutation.ts';
import { builder } from '../builder.ts';
import { factPayload, publicationMutations } from '../fact/publication.type.ts';
import { stepMutation } from '../fact/step.type.ts';
import { FactSubject } from '../fact/subject.input.type.ts';
import { adoptIdea, demandAdopted, finishIdea, setIdeaAside } from './decide.ts';
import { IDEAS } from './idea.kind.ts';
import { Idea } from './idea.type.ts';
import { proposeIdea } from './propose.ts';

const ProposeInput = builder.inputType('ProposeIdeaInput', {
  ...internalOnly,
  description: 'An idea of the agents of a service: of the service, without names.',
  fields: (t) => ({
    ...keyFields(t),
    subject: t.field({ type: FactSubject, required: true, description: 'The service.' }),
    title: t.string({ required: true, description: 'The idea, in short; 300 characters at most.' }),
    description: t.string({ description: 'The idea, without names; 4 000 characters at most.' }),
    commitments: t.idList({ description: 'The commitments that it serves.' }),
    proposedOn: t.field({ type: 'Date', description: 'Day on which it was proposed; today when omitted.' }),
  }),
});

const AdoptInput = builder.inputType('AdoptIdeaInput', {
  ...internalOnly,
  description: 'The idea that is adopted.',
  fields: (t) => ({
    ...versionFields(t),
    plan: t.id({ description: 'The action plan of the network that carries it out.' }),
  }),
});

const FinishInput = builder.inputType('FinishIdeaInput', {
  ...internalOnly,
  description: 'The idea that is done.',
  fields: (t) => ({
    ...versionFields(t),
    doneOn: t.field({
      type: 'Date',
      required: true,
      description: 'Day on which it was done, today at the latest.',
    }),
    plan: t.id({ description: 'The action plan of the network that carried it out.' }),
  }),
});

const Payload = factPayload('IdeaPayload', 'idea', Idea, ({ governance }) => governance.ideas.working);

builder.mutationFields((t) => ({
  proposeIdea: t.field({
    type: Payload,
    nullable: true,
    ...internal('improvement:write'),
    description: 'Collects an idea of agents.',
    args: { input: t.arg({ type: ProposeInput, required: true, description: 'The idea.' }) },
    resolve: (_root, { input }, { writing }) => proposeIdea(writing, input),
  }),
  adoptIdea: t.field({
    type: Payload,
    nullable: true,
    ...internal('improvement:write'),
    description: 'Decides to do what was proposed.',
    args: { input: t.arg({ type: AdoptInput, required: true, description: 'Which one.' }) },
    resolve: (_root, { input }, { writing }) => adoptIdea(writing, input),
  }),
  finishIdea: t.field({
    type: Payload,
    nullable: true,
    ...internal('improvement:write'),
    description: 'Tells that an adopted idea is done.',
    args: { input: t.arg({ type: FinishInput, required: true, description: 'Which one, and when.' }) },
    resolve: (_root, { input }, { writing }) => finishIdea(writing, input),
  }),
}));

stepMutation(
  'setIdeaAside',
  Payload,
  {
    scope: 'improvement:write',
    description: 'Decides not to do it, with a reason; it is not public any more.',
  },
  setIdeaAside,
);
publicationMutations('Idea', IDEAS, Payload, demandAdopted);
