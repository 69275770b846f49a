import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  getNamedType,
  getNullableType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import { INTERNAL } from '../../access/contracts.ts';

/** A place of a root field that takes text, and the document that puts a text there, under any number of aliases. */
export interface TextPlace {
  /** `testimonies(filter.search)`. */
  name: string;
  /** What the text is: `ID`, `String`, `Date`, `DateTime`. */
  type: string;
  /** The name of the argument or input field. */
  argument: string;
  document(count: number): string;
  variables(texts: readonly string[]): Record<string, unknown>;
}

/** What arguments must have beside the one that is tried. */
const BESIDE: Readonly<Record<string, unknown>> = {
  id: 'NET-none',
  ids: ['NET-none'],
  network: 'NET-caf',
  networks: ['NET-caf'],
  indicator: 'IND-SATISFACTION',
  facets: ['FEELING'],
  scope: { network: 'NET-caf' },
  text: 'Un texte.',
  since: '2024-01-01T00:00:00Z',
  territory: 'DEP-62',
  groupBy: ['FEELING'],
  near: { latitude: 50.29, longitude: 2.78 },
};

/** What each means to SQL, to LIKE, to a full-text query; none of it is in the data. */
export const META = [
  "zzq' or '1'='1",
  "zzq'; drop table directory.site; --",
  'zzq"; delete from testimonies.testimony; --',
  'zzq%',
  'zzq_',
  'zzq\\',
  '%zzq%',
  "zzq:* | 'caf'",
  'zzq & !caf',
  'zzq <-> caf',
  '!zzq',
  '((zzq',
  'zzq)) or true',
  '$1 zzq',
  '${zzq}',
  'zzq\u00a0|| pg_sleep(9)',
];

const TEXTS = ['ID', 'String', 'Date', 'DateTime'];

/** Where a text goes: the steps to it through lists and input objects, from an argument on. */
export function textsIn(
  type: GraphQLInputType,
  steps: readonly string[],
): { type: string; steps: readonly string[] }[] {
  const inner = getNullableType(type);
  if (isListType(inner)) return textsIn(inner.ofType, [...steps, '*']);
  if (isEnumType(inner)) return [];
  if (!isInputObjectType(inner)) return TEXTS.includes(inner.name) ? [{ type: inner.name, steps }] : [];
  return Object.values(inner.getFields()).flatMap((field) => textsIn(field.type, [...steps, field.name]));
}

/** A value with a text at the end of steps. */
export const valueAt = (steps: readonly string[], text: string): unknown => {
  const [step, ...rest] = steps;
  if (step === undefined) return text;
  const inner = valueAt(rest, text);
  return step === '*' ? [inner] : { [step]: inner };
};

function placesOf(field: GraphQLField<unknown, unknown>, argument: GraphQLArgument): TextPlace[] {
  const beside = field.args.filter(
    (other) => other !== argument && isNonNullType(other.type) && other.defaultValue === undefined,
  );
  const named = getNamedType(field.type);
  const total = isCompositeType(named) && 'getFields' in named && 'totalCount' in named.getFields();
  return textsIn(argument.type, []).map(({ type, steps }) => ({
    name: `${field.name}(${[argument.name, ...steps.filter((step) => step !== '*')].join('.')})`,
    type,
    argument: steps.findLast((step) => step !== '*') ?? argument.name,
    document: (count) => {
      const aliases = Array.from({ length: count }, (_, index) => {
        const given = [`${argument.name}: $t${index}`, ...beside.map(({ name }) => `${name}: $${name}`)];
        const selection = isCompositeType(named) ? `{ __typename ${total ? 'totalCount' : ''} }` : '';
        return `a${index}: ${field.name}(${given.join(', ')}) ${selection}`;
      });
      const declared = [
        ...Array.from({ length: count }, (_, index) => `$t${index}: ${String(argument.type)}`),
        ...beside.map((other) => `$${other.name}: ${String(other.type)}`),
      ];
      return `query (${declared.join(', ')}) { ${aliases.join(' ')} }`;
    },
    variables: (texts) =>
      Object.fromEntries([
        ...texts.map((text, index) => [`t${index}`, valueAt(steps, text)]),
        ...beside.map(({ name }) => [name, BESIDE[name]]),
      ]),
  }));
}

/** Every place of every root field of the graph that takes text; a new argument is one more. */
export const TEXT_PLACES: readonly TextPlace[] = Object.values(
  INTERNAL.getQueryType()?.getFields() ?? {},
).flatMap((field) => field.args.flatMap((argument) => placesOf(field, argument)));
