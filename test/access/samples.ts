import { type GraphQLField, isRequiredArgument } from 'graphql';
import { OTHER_NETWORK, OWN_NETWORK } from '../kit/roles.ts';
import { PROCEDURE, SITE } from './rows.ts';

/**
 * How fields are asked where the kind of their arguments does not say it, by coordinate: arguments for which the
 * demonstration data has something. `{network}` and the like stand for what `VIEWS` says.
 */
const SAMPLES: Readonly<Record<string, string>> = {
  'Query.territory': 'id: "DEP-62"',
  'Query.commitment': 'id: "COMMITMENT-E4"',
  'Query.structure': 'id: "STR-DEMO-caf-62"',
  'Query.site': `id: "${SITE}"`,
  'Query.network': 'id: "NET-france-travail"',
  'Query.procedure': `id: "${PROCEDURE}"`,
  'Query.indicator': 'id: "IND-SATISFACTION"',
  'Query.node': 'id: "DEP-62"',
  'Query.nodes': 'ids: ["DEP-62"]',
  'Query.compareNetworks': 'indicator: "IND-SATISFACTION", networks: ["NET-caf", "NET-cpam"]',
  'Query.auditTrail': 'network: "{network}"',
  'Query.imports': 'network: "{network}", first: 5',
  'Query.resultDrafts': 'network: "{network}", first: 5',
  'Query.resultDraft': 'id: "{draft}"',
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
  'Query.transparency': 'territory: "DEP-62", period: "2022"',
};

/** Values of arguments by their names, for fields that are not above. */
const VALUES: Readonly<Record<string, string>> = {
  id: '"nothing"',
  indicator: '"IND-SATISFACTION"',
  groupBy: '[MONTH]',
  level: 'DEPARTEMENT',
  scope: '{ network: "NET-france-travail", territory: "FR" }',
  first: '5',
  since: '"2020-01-01T00:00:00Z"',
};

/** Ways to types where the shortest one ends at nothing. */
export const WAYS: Readonly<Record<string, readonly string[]>> = {
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
  const sample = SAMPLES[coordinate] ?? ordinary(coordinate, field);
  return sample === '' ? field.name : `${field.name}(${sample})`;
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
