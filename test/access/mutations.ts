import {
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isRequiredInputField,
} from 'graphql';
import { PROCEDURE } from './rows.ts';

/**
 * The kind of object that a mutation writes to, by the type that it answers with: a placeholder (see `placed.ts`).
 * Every other mutation makes something new in a network.
 */
const KINDS: Readonly<Record<string, string>> = {
  ActionPlanPayload: 'action_plan',
  AdministrativeDocumentPayload: 'document',
  ConferencePayload: 'conference',
  DecisionPayload: 'decision',
  EcoMeasurePayload: 'eco_measure',
  FrequentErrorPayload: 'frequent_error',
  GoodPracticePayload: 'good_practice',
  GovernanceSessionPayload: 'governance_session',
  IdeaPayload: 'idea',
  ImpactPayload: 'impact',
  LabelPayload: 'label',
  ListeningBodyPayload: 'listening_body',
  MajorActionPayload: 'major_action',
  ModerationPayload: 'moderated',
  PlanActionPayload: 'action',
  PracticeReusePayload: 'practice_reuse',
  ReplyTaskPayload: 'task',
  ResultGapPayload: 'gap',
  SelfDiagnosisPayload: 'self_diagnosis',
  SimplificationReportPayload: 'report',
  TestSessionPayload: 'test_session',
  TrainingCountPayload: 'training_count',
};

/** Of no version that anything has: what one may write to answers CONFLICT, and stays as it is. */
export const NO_VERSION = 9999;

/** Values by the name of the input field, where its type does not say it; ids of objects are placeholders. */
const VALUES: Readonly<Record<string, unknown>> = {
  version: NO_VERSION,
  network: '{network}',
  structure: '{place}',
  commitment: 'COMMITMENT-E1',
  draft: 'DRAFT-00000000-0000-4000-8000-000000000000',
  indicator: 'IND-SATISFACTION',
  practice: '{good_practice}',
  procedure: PROCEDURE,
  report: '{report}',
  session: '{governance_session}',
  tags: 'relation',
  target: '{action_plan}',
  testimony: '{testimony}',
  to: 'STR-DEMO-caf-02',
  plannedOn: '2099-01-15',
  consent: 'essai-2026',
  voter: 'quelqu-un-que-le-portail-connait',
};

const SCALARS: Readonly<Record<string, unknown>> = {
  Boolean: true,
  Date: '2024-01-15',
  DateTime: '2024-01-15T10:00:00Z',
  Float: 1,
  Int: 1,
  String: 'Essai',
};

/** A value of an enum: written without quotes in documents. */
class Word {
  readonly word: string;
  constructor(word: string) {
    this.word = word;
  }
  toJSON(): string {
    return this.word;
  }
}

/** The id of the kind of object that a mutation writes to, as a placeholder; null for one that only makes some. */
export function targetOf(mutation: GraphQLField<unknown, unknown>): string | null {
  const kind = KINDS[getNamedType(mutation.type).name];
  return kind !== undefined && 'id' in fieldsIn(mutation) ? `{${kind}}` : null;
}

/**
 * An input that a mutation takes: what it must have, the id of what exists at a version that it never had, and for
 * what is new a place of a network; `{network}` and the like stand for what views say.
 *
 * @param change fields to give besides, or null to leave one out
 * @throws Error saying what to add here when a field has no value
 */
export function inputOf(
  mutation: GraphQLField<unknown, unknown>,
  change: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const target = targetOf(mutation);
  const fields = fieldsIn(mutation);
  const given = Object.values(fields).filter(
    (field) =>
      isRequiredInputField(field) ||
      (target === null ? ['network', 'subject', 'concerns', 'voter'] : ['id', 'version']).includes(
        field.name,
      ),
  );
  const made = Object.fromEntries(
    given.map((field) => [field.name, valueOf(mutation.name, field.name, field.type)]),
  );
  const all = {
    ...made,
    idempotencyKey: `matrix-${mutation.name}-${target ?? '{place}'}`,
    ...(target !== null && { id: target }),
    ...change,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
}

/** An input that makes something new; null for a mutation that only changes what exists. */
export function makingOf(mutation: GraphQLField<unknown, unknown>): Record<string, unknown> | null {
  const { id, subject, plan } = fieldsIn(mutation);
  if (targetOf(mutation) === null) return inputOf(mutation);
  if (!id || isRequiredInputField(id)) return null;
  const about = subject ?? plan;
  return inputOf(mutation, {
    idempotencyKey: `matrix-new-${mutation.name}-{place}`,
    id: null,
    version: null,
    ...(about === subject && subject && { subject: valueOf(mutation.name, 'subject', subject.type) }),
    ...(about === plan && plan && { plan: '{action_plan}' }),
  });
}

/** The same as an argument in a document. */
export const inputText = (mutation: GraphQLField<unknown, unknown>): string =>
  `input: ${literal(inputOf(mutation))}`;

function fieldsIn(mutation: GraphQLField<unknown, unknown>): Record<string, GraphQLInputField> {
  const input = mutation.args.find(({ name }) => name === 'input');
  const type = input && getNamedType(input.type);
  return isInputObjectType(type) ? type.getFields() : {};
}

function valueOf(mutation: string, name: string, type: GraphQLInputType): unknown {
  const inner = getNullableType(type);
  if (isListType(inner)) return [valueOf(mutation, name, inner.ofType)];
  if (isInputObjectType(inner)) {
    const placed = ['FactSubject', 'TestimonyConcernInput'].includes(inner.name);
    const given = Object.values(inner.getFields()).filter(
      (field) => isRequiredInputField(field) || (placed && field.name === 'structure'),
    );
    return Object.fromEntries(given.map((field) => [field.name, valueOf(mutation, field.name, field.type)]));
  }
  if (isEnumType(inner)) return new Word(inner.getValues()[0]?.name ?? '');
  const value = VALUES[name] ?? SCALARS[inner.name];
  if (value === undefined && name !== 'id')
    throw new Error(`test/access/mutations.ts: give VALUES something for "${name}", which ${mutation} needs`);
  return value;
}

function literal(value: unknown): string {
  if (value instanceof Word) return value.word;
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([name, inner]) => `${name}: ${literal(inner)}`)
    .join(', ')} }`;
}
