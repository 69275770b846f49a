import { keyFields } from '../../../kernel/graphql/mutation.ts';
import type { Outcome } from '../../../kernel/write/refused.ts';
import { builder, UserError } from '../builder.ts';
import { enrolTester, leavePanel } from './enrol.ts';
import { AgeBandEnum, DigitalEaseEnum } from './enums.type.ts';

const EnrolTesterInputType = builder.inputType('EnrolTesterInput', {
  description: 'A volunteer, under a reference that only the portal understands.',
  fields: (t) => ({
    ...keyFields(t),
    reference: t.string({
      required: true,
      description: 'What your portal calls the volunteer, 8 to 64 characters: never a name or an address.',
    }),
    consent: t.string({ required: true, description: 'Name of the wording that was agreed to: panel-2026.' }),
    consentedOn: t.field({
      type: 'Date',
      required: true,
      description: 'Day of the consent; three years later everything is erased, unless it was renewed.',
    }),
    departement: t.id({ description: 'Where the volunteer lives: DEP-62.' }),
    ageBand: t.field({ type: AgeBandEnum, description: 'How old, if it was said.' }),
    digitalEase: t.field({
      type: DigitalEaseEnum,
      description: 'How at ease with online services, if it was said.',
    }),
  }),
});

const EnrolTesterPayload = builder.objectRef<Outcome<{ eraseOn: string }>>('EnrolTesterPayload').implement({
  description: 'What became of an enrolment.',
  fields: (t) => ({
    eraseOn: t.field({
      type: 'Date',
      nullable: true,
      description: 'Day on which everything about the volunteer is erased; null when there are mistakes.',
      resolve: ({ done }) => done?.eraseOn ?? null,
    }),
    userErrors: t.field({
      type: [UserError],
      description: 'Mistakes in the input: nothing was written.',
      resolve: ({ userErrors }) => [...userErrors],
    }),
  }),
});

const LeavePanelInput = builder.inputType('LeavePanelInput', {
  description: 'A volunteer that your portal enrolled.',
  fields: (t) => ({
    ...keyFields(t),
    reference: t.string({ required: true, description: 'The reference of the enrolment.' }),
  }),
});

const LeavePanelPayload = builder.objectRef<Outcome<{ left: boolean }>>('LeavePanelPayload').implement({
  description: 'What became of a departure.',
  fields: (t) => ({
    left: t.boolean({
      nullable: true,
      description: 'True when there was such a volunteer, of whom nothing is left now.',
      resolve: ({ done }) => done?.left ?? null,
    }),
    userErrors: t.field({
      type: [UserError],
      description: 'Mistakes in the input: none.',
      resolve: ({ userErrors }) => [...userErrors],
    }),
  }),
});

builder.mutationFields((t) => ({
  enrolTester: t.field({
    type: EnrolTesterPayload,
    nullable: true,
    description:
      'A portal enrols a volunteer who tries documents, or renews the consent. The hub never knows who it is.',
    args: {
      input: t.arg({ type: EnrolTesterInputType, required: true, description: 'The volunteer.' }),
    },
    resolve: (_root, { input }, { writing }) => enrolTester(writing, input),
  }),
  leavePanel: t.field({
    type: LeavePanelPayload,
    nullable: true,
    description: 'A volunteer leaves: everything about that one is erased at once.',
    args: { input: t.arg({ type: LeavePanelInput, required: true, description: 'Who leaves.' }) },
    resolve: (_root, { input }, { writing }) => leavePanel(writing, input),
  }),
}));
