import { type GraphQLField, isRequiredArgument } from 'graphql';
import { OTHER_NETWORK, OWN_NETWORK, OWN_STRUCTURE } from '../kit/roles.ts';
import { inputText } from './mutations.ts';
import { OTHER_SITE, PROCEDURE, SITE } from './rows.ts';

/**
 * How fields are asked where the kind of their arguments does not say it, by coordinate: arguments for which the
 * demonstration data has something. `{network}` and the like stand for what `VIEWS` says.
 */
const SAMPLES: Readonly<Record<string, string>> = {
  'Query.territory': 'id: "DEP-62"',
  'Query.commitment': 'id: "COMMITMENT-E4"',
  'Territory.access': 'network: "NET-france-travail"',
  'Query.structure': 'id: "{place}"',
  'Query.site': 'id: "{site}"',
  'Query.network': 'id: "{network}"',
  'Query.procedure': `id: "${PROCEDURE}"`,
  'Query.indicator': 'id: "IND-SATISFACTION"',
  'Query.node': 'id: "DEP-62"',
  'Query.nodes': 'ids: ["DEP-62"]',
  'Query.compareNetworks': 'indicator: "IND-SATISFACTION", networks: ["NET-caf", "NET-cpam"]',
  'Query.resultStats':
    'filter: { networks: ["{network}"], indicators: ["IND-SATISFACTION"] }, groupBy: [YEAR, REGION], first: 5',
  'Query.auditTrail': 'network: "{network}"',
  'Query.imports': 'network: "{network}", first: 5',
  'Query.resultDrafts': 'network: "{network}", first: 5',
  'Query.resultDraft': 'id: "{draft}"',
  'Query.surveyIntake': 'network: "{network}"',
  'Mutation.sendSurveyAnswers':
    'input: { idempotencyKey: "matrix-{network}", network: "{network}", answers: [{ reference: "essai-2", question: "IND-NONE", site: "SITE-1", answeredOn: "2017-01-01", answer: FAVOURABLE }] }',
  'Mutation.publishSurveyAnswers': 'input: { idempotencyKey: "matrix-{network}", network: "{network}" }',
  'Mutation.wordCommitment':
    'input: { idempotencyKey: "matrix-{network}", network: "{network}", commitment: "{commitment}", wording: "Vu.", version: 0 }',
  'Mutation.saveResultDraft':
    'input: { idempotencyKey: "matrix-{network}", network: "{network}", title: "Essai", results: [{ indicator: "IND-NONE", period: "2017", value: "1" }] }',
  'Mutation.discardResultDraft':
    'input: { idempotencyKey: "matrix-{discarded}", draft: "{discarded}", version: 1 }',
  'Mutation.publishResults':
    'input: { idempotencyKey: "matrix-{published}", draft: "{published}", version: 1 }',
  'Mutation.correctResult':
    'input: { idempotencyKey: "matrix-{network}", network: "{network}", indicator: "IND-SATISFACTION", structure: "{structure}", period: "2016", value: "51", version: {publication}, reason: "Essai" }',
  'Mutation.withdrawResult':
    'input: { idempotencyKey: "matrix-{network}", network: "{network}", indicator: "IND-SATISFACTION", structure: "{structure}", period: "2015", version: {publication}, reason: "Essai" }',
  'Mutation.defineIndicator':
    'input: { idempotencyKey: "matrix-{network}", network: "{network}", code: "{code}", title: "Essai", userTitle: "Essai", family: SATISFACTION, unit: PERCENT, direction: HIGHER_IS_BETTER, frequency: ANNUAL }',
  'Query.improvementWork': 'network: "{network}"',
  'Query.preparedTestSessions': 'network: "{network}", first: 5',
  'Query.reportsToTriage': 'network: "{network}", first: 5',
  'Query.unpublishedDocuments': 'network: "{network}", first: 5',
  'Query.selfDiagnosesOverdue': 'network: "NET-caf", asOf: "2026-01-01", first: 5',
  'Query.labelApplication': 'id: "{label}"',
  'Query.moderatedTestimony': 'id: "{moderated}"',
  'Query.testimony': 'id: "{testimony}"',
  'Query.readability': 'text: "Un texte simple. Il se lit vite."',
  'Query.transparency': 'territory: "DEP-62", period: "2022"',
};

/** Root fields that give one object by its id, and the placeholder of it. */
const BY_ID: Readonly<Record<string, string>> = {
  actionPlan: 'action_plan',
  administrativeDocument: 'document',
  conference: 'conference',
  decision: 'decision',
  ecoMeasure: 'eco_measure',
  frequentError: 'frequent_error',
  gap: 'gap',
  goodPractice: 'good_practice',
  governanceSession: 'governance_session',
  idea: 'idea',
  impact: 'impact',
  label: 'label',
  listeningBody: 'listening_body',
  majorAction: 'major_action',
  planAction: 'action',
  practiceReuse: 'practice_reuse',
  selfDiagnosis: 'self_diagnosis',
  simplificationReport: 'report',
  testSession: 'test_session',
  trainingCount: 'training_count',
};

/** Values of arguments by their names, for fields that are not above. */
const VALUES: Readonly<Record<string, string>> = {
  id: '"nothing"',
  indicator: '"IND-SATISFACTION"',
  groupBy: '[MONTH]',
  facets: '[FEELING]',
  search: '"accueil"',
  level: 'DEPARTEMENT',
  scope: '{ network: "NET-france-travail", territory: "FR" }',
  first: '5',
  since: '"2020-01-01T00:00:00Z"',
};

/** Ways to types where the shortest one ends at nothing. */
export const WAYS: Readonly<Record<string, readonly string[]>> = {
  BeforeAfter: ['beforeAfter(first: 5)', 'nodes'],
  Comparison: [
    'site(id: "SITE-528ec072-1427-5e8a-b747-131251cdaea3")',
    'comparison(indicator: "IND-SATISFACTION")',
  ],
  EngagedAction: ['testimony(id: "{testimony}")', 'actions'],
  SeriesBreak: [
    'indicator(id: "IND-SATISFACTION")',
    'series(scope: { network: "NET-france-travail", territory: "FR" })',
    'seriesBreak',
  ],
  TesterInvitation: ['preparedTestSessions(network: "{network}", first: 50)', 'nodes', 'invitations'],
  WeakSignal: ['weakSignals(minimum: 3, window: 92)', 'signals'],
  Accessibility: ['sites(first: 5)', 'nodes', 'accessibility'],
  CommitmentDisplayEdge: ['network(id: "NET-caf")', 'commitments', 'displays(first: 5)', 'edges'],
  Email: ['sites(first: 5)', 'nodes', 'emails'],
  NetworkCommitment: ['network(id: "NET-caf")', 'commitments'],
  PublishingUnit: ['network(id: "NET-caf")', 'completeness', 'missing(first: 5)', 'nodes'],
  PublishingUnitEdge: ['network(id: "NET-caf")', 'completeness', 'missing(first: 5)', 'edges'],
  ServiceRelation: [
    'territory(id: "COM-62080")',
    'sites(filter: { networks: ["NET-caf"], relation: SERVES }, first: 5)',
    'nodes',
    'service',
  ],
  SiteStructure: ['structure(id: "STR-DEMO-caf-62")', 'sites', 'structures'],
  Target: ['indicator(id: "IND-KIT-TRANSPARENCE")', 'targets'],
};

/** The same question about what is the caller's, about what is another network's, about what does not exist. */
export const VIEW_NAMES = ['own', 'other', 'unknown'] as const;
export type View = (typeof VIEW_NAMES)[number];

/** Values of the placeholders under each view. */
export type Views = Readonly<Record<string, Readonly<Record<View, string>>>>;

export const NETWORKS: Views = {
  network: { own: OWN_NETWORK, other: OTHER_NETWORK, unknown: 'NET-nobody' },
  place: { own: OWN_STRUCTURE, other: 'STR-DEMO-cpam-62', unknown: 'STR-DEMO-none-62' },
  site: { own: SITE, other: OTHER_SITE, unknown: 'SITE-00000000-0000-5000-8000-000000000000' },
};

/** A document with the placeholders of one view filled in. */
export const fill = (text: string, views: Views, view: View): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => views[name]?.[view] ?? whole);

/** A document that is refused before anything of it is looked up: it may ask for what does not exist. */
export const fillAny = (text: string): string => fill(text, NETWORKS, 'own').replace(/\{\w+\}/g, '1');

/** An answer without the values of a view, to compare it with the one about another view. */
export const blank = (text: string, views: Views, view: View): string =>
  Object.values(views).reduce((left, values) => left.replaceAll(values[view], '…'), text);

/** Values of the fields of keys, by `Type.field`, else by the field. */
const KEYS: Readonly<Record<string, string>> = {
  'AuditTrail.networkId': '"{network}"',
  'Changes.since': VALUES.since ?? '',
  'Network.id': '"{network}"',
  id: '"nothing"',
  ref: '"nothing"',
};

/**
 * A reference to an object of an entity, as a gateway sends it.
 *
 * @throws Error saying what to add here when a field of the key has no value
 */
export function representationOf(type: string, key: readonly string[]): string {
  const fields = key.map((field) => {
    const value = KEYS[`${type}.${field}`] ?? KEYS[field];
    if (value === undefined)
      throw new Error(`test/access/samples.ts: give KEYS a value for ${type}.${field}`);
    return `${field}: ${value}`;
  });
  return `{ __typename: "${type}", ${fields.join(', ')} }`;
}

/**
 * How a field is asked: `field(arguments)`.
 *
 * @throws Error saying what to add here when an argument is required and has no value
 */
export function callOf(parent: string, field: GraphQLField<unknown, unknown>): string {
  const coordinate = `${parent}.${field.name}`;
  const sample = SAMPLES[coordinate] ?? written(parent, field) ?? ordinary(coordinate, field);
  return sample === '' ? field.name : `${field.name}(${sample})`;
}

/** What a mutation is sent, or which object is asked for; undefined when neither is it. */
function written(parent: string, field: GraphQLField<unknown, unknown>): string | undefined {
  if (parent === 'Mutation') return inputText(field);
  const kind = parent === 'Query' ? BY_ID[field.name] : undefined;
  return kind === undefined ? undefined : `id: "{${kind}}"`;
}

function ordinary(coordinate: string, { args }: GraphQLField<unknown, unknown>): string {
  const given = args.filter((arg) => isRequiredArgument(arg) || arg.name === 'first');
  return given
    .map(({ name }) => {
      const value = VALUES[name];
      if (value === undefined)
        throw new Error(
          `test/access/samples.ts: give SAMPLES a way to ask ${coordinate}, which needs "${name}"`,
        );
      return `${name}: ${value}`;
    })
    .join(', ');
}
