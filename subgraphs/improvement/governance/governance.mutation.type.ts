import { internal, internalOnly } from '../../../kernel/graphql/access.ts';
import { keyFields } from '../../../kernel/graphql/mutation.ts';
import { builder } from '../builder.ts';
import type { ImprovementInputFields } from '../fact/arguments.type.ts';
import { abandonDecision, carryOutDecision, saveDecision } from './decision.ts';
import { Decision, GovernanceBodyEnum, GovernanceSession } from './governance.type.ts';
import { datedMutation, nationalPayload } from './payload.type.ts';
import { saveSession } from './session.ts';

const saveFields = (t: ImprovementInputFields) => ({
  ...keyFields(t),
  id: t.id({ description: 'What to change; all its content is given anew. Omitted for something new.' }),
  version: t.int({ description: 'With `id`: the `version` that was read, another one is a CONFLICT.' }),
});

const SessionInput = builder.inputType('SaveGovernanceSessionInput', {
  ...internalOnly,
  description: 'A session that was held.',
  fields: (t) => ({
    ...saveFields(t),
    body: t.field({ type: GovernanceBodyEnum, required: true, description: 'Who met.' }),
    heldOn: t.field({ type: 'Date', required: true, description: 'Its day, today at the latest.' }),
    period: t.string({
      description: 'The half-year that it counts for, such as 2024-S1; that of its day when omitted.',
    }),
    summary: t.string({ description: 'What was said, in short; 4 000 characters at most.' }),
  }),
});

const DecisionInput = builder.inputType('SaveDecisionInput', {
  ...internalOnly,
  description: 'A decision that was taken.',
  fields: (t) => ({
    ...saveFields(t),
    session: t.id({ required: true, description: 'The session that took it.' }),
    words: t.string({ required: true, description: 'The decision, in words; 2 000 characters at most.' }),
    commitments: t.idList({ description: 'The commitments that it serves.' }),
    dueOn: t.field({ type: 'Date', description: 'Day on which it is to be carried out.' }),
    majorAction: t.id({ description: 'The major action that carries it out.' }),
  }),
});

const SessionPayload = nationalPayload(
  'GovernanceSessionPayload',
  'session',
  GovernanceSession,
  (id, { governance }) => governance.sessions.byId.load(id),
);
const DecisionPayload = nationalPayload('DecisionPayload', 'decision', Decision, (id, { governance }) =>
  governance.decisions.byId.load(id),
);

builder.mutationFields((t) => ({
  saveGovernanceSession: t.field({
    type: SessionPayload,
    nullable: true,
    ...internal('governance:write'),
    description: 'Tells of a session of those who steer the programme, or replaces what was told.',
    args: { input: t.arg({ type: SessionInput, required: true, description: 'The session.' }) },
    resolve: (_root, { input }, { writing }) => saveSession(writing, input),
  }),
  saveDecision: t.field({
    type: DecisionPayload,
    nullable: true,
    ...internal('governance:write'),
    description: 'Tells what a session decided, or replaces what was told while nothing has come of it.',
    args: { input: t.arg({ type: DecisionInput, required: true, description: 'The decision.' }) },
    resolve: (_root, { input }, { writing }) => saveDecision(writing, input),
  }),
}));

datedMutation(
  'carryOutDecision',
  DecisionPayload,
  'Tells that a decision was carried out.',
  carryOutDecision,
);
datedMutation(
  'abandonDecision',
  DecisionPayload,
  'Gives a decision up, with a reason that everybody reads.',
  abandonDecision,
);
