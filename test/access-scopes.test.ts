import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { SCOPES_OF } from '../kernel/viewer.ts';
import { INTERNAL, PUBLIC } from './access/contracts.ts';
import { type Coordinate, coordinatesOf } from './access/coordinates.ts';
import { declaredIn } from './access/guards.ts';
import { firstHidden } from './access/hidden.ts';
import { type Cell, readMatrix } from './access/matrix.ts';
import { routesOf } from './access/routes.ts';
import { CALLERS, type Caller } from './kit/roles.ts';

/** The matrix says what was observed; here it is held against what the subgraphs declare and what roles own. */
const folder = new URL('../schema/subgraphs/', import.meta.url);
const declared = readdirSync(folder).flatMap((name) =>
  declaredIn(parse(readFileSync(new URL(name, folder), 'utf8'))),
);
const scopesOfType = new Map<string, string[]>();
const scopesOfField = new Map<string, string[]>();
const add = (to: Map<string, string[]>, name: string, scopes: readonly string[]) =>
  to.set(name, [...(to.get(name) ?? []), ...scopes]);
for (const { name, scopes, fields } of declared) {
  add(scopesOfType, name, scopes);
  for (const { field, scopes: own } of fields) add(scopesOfField, `${name}.${field}`, own);
}

const routes = routesOf(INTERNAL, PUBLIC);
const matrix = readMatrix();
const fields = coordinatesOf(INTERNAL, PUBLIC).filter(
  ({ kind, name }) => kind === 'field' && matrix.has(name),
);

/** The scopes of a field, of its type, and of all that leads to it. */
function wantedBy({ type, member }: Coordinate): string[] {
  const steps = [...(routes.get(type)?.steps ?? []), { parent: type, field: member }];
  return steps.flatMap(({ parent, field }) => [
    ...(scopesOfType.get(parent) ?? []),
    ...(scopesOfField.get(`${parent}.${field}`) ?? []),
  ]);
}

const BOUND: readonly Caller[] = ['LOCAL_REFERENT', 'SUPER_AGENT', 'NETWORK_HQ'];

/** Published of every network: how it stands is read by whoever works on such things. */
const PUBLISHED =
  'ActionPlan Conference EcoMeasure FrequentError GoodPractice Idea Impact Label ListeningBody PlanAction PracticeReuse ' +
  'ResultGap SelfDiagnosis TrainingCount';

/** Read by who has the scope, of whatever network: how what is published stands, and what belongs to no network. */
const OF_EVERY_NETWORK = [
  new RegExp(`^(${PUBLISHED.replaceAll(' ', '|')})\\.(publication|version|reason)$`),
  /^(Figure\.version|Indicator\.revision|NetworkCommitment\.version|ReplyDuty\.version)$/,
  /^(Query\.testerPanel|TesterPanel\.\w+|TesterProfile\.\w+)$/,
];

/** What belongs to the network as a whole: a local referent has the scope, and finds nothing below its structure. */
const OF_THE_NETWORK =
  /^(Query\.unpublishedDocuments|Mutation\.(advance|save)Document|AdministrativeDocument(Payload)?\.\w+)$/;

/** The cells that a field may have for a caller. */
function allowedTo(caller: Caller, field: Coordinate): Cell[] {
  const { name, type, member } = field;
  const route = routes.get(type);
  if (!route) return [];
  const mutates = route.root === 'mutation';
  const whole = { ...route, steps: [...route.steps, { parent: type, field: member, call: '' }] };
  const hidden = firstHidden(PUBLIC, whole) !== undefined;
  if (!hidden) return mutates ? [caller === 'anonymous' ? 'needs a key' : 'write'] : ['read'];
  if (caller === 'anonymous' || caller === 'PUBLIC') return ['hidden'];
  if (!wantedBy(field).every((scope) => SCOPES_OF[caller].some((owned) => owned === scope)))
    return ['forbidden'];
  if (!BOUND.includes(caller)) return [mutates ? 'write' : 'read'];
  if (caller === 'LOCAL_REFERENT' && OF_THE_NETWORK.test(name)) return ['nothing'];
  return !mutates && OF_EVERY_NETWORK.some((known) => known.test(name)) ? ['read'] : ['own'];
}

describe('the matrix says what the declared scopes and the table of roles say', () => {
  test.each(CALLERS)('%s', (caller) => {
    const off = fields.flatMap((field) => {
      const cell = matrix.get(field.name)?.[caller];
      const allowed = allowedTo(caller, field);
      return allowed.some((one) => one === cell)
        ? []
        : [`${field.name}: ${cell}, not ${allowed.join(' or ')}`];
    });
    expect(off).toEqual([]);
  });
});
