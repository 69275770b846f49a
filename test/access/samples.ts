import { type GraphQLField, isRequiredArgument } from 'graphql';
import { OTHER_NETWORK, OWN_NETWORK } from '../kit/roles.ts';

/**
 * How fields are asked where the kind of their arguments does not say it, by coordinate: arguments for which the
 * demonstration data has something. `{network}` and the like stand for what `VIEWS` says.
 */
const SAMPLES: Readonly<Record<string, string>> = {
  'Query.territory': 'id: "DEP-62"',
  'Query.commitment': 'id: "COMMITMENT-E4"',
  'Query.structure': 'id: "STR-DEMO-caf-62"',
  'Query.site': 'id: "SITE-528ec072-1427-5e8a-b747-131251cdaea3"',
  'Query.network': 'id: "NET-france-travail"',
  'Query.procedure': 'id: "PROC-caf-aide-au-logement"',
  'Query.indicator': 'id: "IND-SATISFACTION"',
  'Query.node': 'id: "DEP-62"',
  'Query.nodes': 'ids: ["DEP-62"]',
  'Query.compareNetworks': 'indicator: "IND-SATISFACTION", networks: ["NET-caf", "NET-cpam"]',
  'Query.auditTrail': 'network: "{network}"',
  'Query.imports': 'network: "{network}", first: 5',
  'Mutation.wordCommitment':
    'input: { idempotencyKey: "matrix-{network}", network: "{network}", commitment: "{commitment}", wording: "…", version: 0 }',
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

/** Fields by which a type is reached where the shortest way ends at nothing. */
export const NEAREST: Readonly<Record<string, string>> = {};

/** The same question about what is the caller's, about what is another network's, about what does not exist. */
export const VIEW_NAMES = ['own', 'other', 'unknown'] as const;
export type View = (typeof VIEW_NAMES)[number];

/** Values of the placeholders under each view; of one length, so that answers compare. */
export type Views = Readonly<Record<string, Readonly<Record<View, string>>>>;

export const NETWORKS: Views = {
  network: { own: OWN_NETWORK, other: OTHER_NETWORK, unknown: 'NET-nobody' },
};

/** A document with the placeholders of one view filled in. */
export const fill = (text: string, views: Views, view: View): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => views[name]?.[view] ?? whole);

/** An answer without the values of a view, to compare it with the one about another view. */
export const blank = (text: string, views: Views, view: View): string =>
  Object.values(views).reduce((left, values) => left.replaceAll(values[view], '…'), text);

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
