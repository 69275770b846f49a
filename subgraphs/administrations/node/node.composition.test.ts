import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { expect, test } from 'vitest';
import { sdl } from '../schema.ts';

/** As an owner declares a type that `node` must reach: both keys, and no `Node` of its own. */
const owner = (type: string) => `
  type ${type} @key(fields: "id") @key(fields: "ref") { id: ID! ref: ID! @inaccessible title: String }`;

const OWNED_ELSEWHERE = [
  'Indicator',
  'Testimony',
  'SimplificationReport',
  'AdministrativeDocument',
  'ActionPlan',
  'SelfDiagnosis',
  'Label',
  'Impact',
  'Conference',
  'Idea',
  'MajorAction',
  'GovernanceSession',
  'Decision',
  'FrequentError',
  'GoodPractice',
  'PracticeReuse',
  'ListeningBody',
  'TrainingCount',
  'EcoMeasure',
];

const compose = (types: readonly string[]) =>
  composeServices([
    { name: 'administrations', typeDefs: parse(sdl) },
    {
      name: 'others',
      typeDefs: parse(`
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@inaccessible"])
        type Query { others: Int }
        type Site @key(fields: "id") { id: ID! voices: Int }
        ${types.map(owner).join('\n')}`),
    },
  ]);

test('node reaches every type that another subgraph owns, and the second key stays inside', () => {
  const { supergraphSdl = '', publicSdl = '', errors } = compose(OWNED_ELSEWHERE);
  expect(errors ?? []).toEqual([]);
  for (const type of OWNED_ELSEWHERE)
    expect(publicSdl).toMatch(new RegExp(`type ${type} implements Node \\{`));
  expect(publicSdl).not.toMatch(/\bref\b/);
  expect(supergraphSdl).toContain('key: "ref"');
});

test('a type that nobody owns does not compose', () => {
  const { errors } = compose(OWNED_ELSEWHERE.slice(1));
  expect(errors?.map(({ message }) => message).join()).toContain('Indicator');
});
