import { parse } from 'graphql';
import { beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../kernel/config.ts';
import { executeInProcess } from '../../kernel/graphql/execute.ts';
import { ANONYMOUS } from '../../kernel/viewer.ts';
import { testDatabase } from '../../test/kit/database.ts';
import { seedDirectory } from '../../test/kit/directory.ts';
import { countStatements } from '../../test/kit/statements.ts';
import { seedTestimonies } from './fixtures/seed.ts';
import { openTestimonies } from './server.ts';

const database = await testDatabase();
const subgraph = await openTestimonies(readConfig({}), database.url);

async function ask(query: string, variables: Record<string, unknown> = {}) {
  const document = parse(query);
  const answer = await executeInProcess(subgraph, { document, variables, requestKey: {}, viewer: ANONYMOUS });
  return JSON.parse(JSON.stringify(answer));
}

/** The fields of entities, as the gateway asks for them. */
const entities = (typename: string, ids: readonly string[], fields: string) =>
  ask(`query ($r: [_Any]!) { _entities(representations: $r) { ... on ${typename} { id ${fields} } } }`, {
    r: ids.map((id) => ({ __typename: typename, id })),
  });

beforeAll(async () => {
  await seedDirectory(database);
  await seedTestimonies(database.connect('testimonies', 'owner'), [
    {
      id: 'TEM-1',
      title: 'Accueil très agréable',
      body: "J'ai été bien reçue pour mes allocations familiales.",
      writtenOn: '2024-03-01',
      publishedOn: '2024-03-05',
      tags: ['relation', 'accessibilite'],
      userDepartement: 'DEP-75',
      procedures: [['aide au logement', 'PROC-logement']],
      concerns: [
        {
          structure: 'STR-caf-62',
          site: 'SITE-caf-62',
          channels: ['Guichet'],
          answeredOn: '2024-03-11',
          reply: 'Merci à vous.',
        },
        {
          network: 'NET-france-travail',
          structure: 'STR-ft-bapaume',
          site: 'SITE-ft-62',
          channels: ['Téléphone'],
        },
      ],
    },
    {
      id: 'TEM-2',
      title: 'Réclamation sans réponse',
      body: 'Les portes étaient fermées.',
      feeling: 'NEGATIVE',
      writtenOn: '2024-03-20',
      publishedOn: '2024-04-02',
      tags: ['relation'],
      procedures: [['inscription', null]],
      concerns: [
        { structure: 'STR-caf-75', site: 'SITE-caf-75', status: 'DRAFT', reply: 'Brouillon secret.' },
      ],
    },
    {
      id: 'TEM-3',
      title: 'Suivi par portail',
      body: 'Tout va bien.',
      feeling: 'NEUTRAL',
      writtenOn: '2024-04-01',
      publishedOn: '2024-04-02',
      actionEngagedOn: '2024-05-01',
      concerns: [{ structure: 'STR-caf-75', answeredOn: '2024-04-05' }],
    },
    {
      id: 'TEM-4',
      state: 'SUBMITTED',
      title: 'Réclamation non modérée',
      concerns: [{ structure: 'STR-caf-62' }],
    },
    { id: 'TEM-5', state: 'REJECTED', title: 'Réclamation refusée', concerns: [{ structure: 'STR-caf-62' }] },
  ]);
  return () => subgraph.close();
});

const found = async (filter: Record<string, unknown>) => {
  const { data, errors } = await ask(
    'query ($filter: TestimonyFilter) { testimonies(filter: $filter) { totalCount nodes { id } } }',
    { filter },
  );
  expect(errors).toBeUndefined();
  const ids = data.testimonies.nodes.map((node: { id: string }) => node.id);
  expect(data.testimonies.totalCount).toBe(ids.length);
  return ids;
};

describe('search', () => {
  test.each([
    ['accueil', ['TEM-1']],
    ['AGRÉABLE', ['TEM-1']],
    ['agreables', ['TEM-1']],
    ['recla', ['TEM-2']],
    ['réclamations', ['TEM-2']],
    ['porte', ['TEM-2']],
    ['port', ['TEM-3', 'TEM-2']],
    ['réclamation porte', ['TEM-2']],
    ['réclamation portail', []],
    ['de la réclamation', ['TEM-2']],
    ["j'ai", ['TEM-1']],
    ['100%_\\', []],
    ["porte' | (accueil & ! :*", []],
    ['inconnu', []],
  ])('%s', async (search, ids) => {
    expect(await found({ search })).toEqual(ids);
  });

  test.each(['', '  ', '!?', 'a'.repeat(201), 'a\u0000b'])('"%s" is no search', async (search) => {
    const { errors } = await ask(
      'query ($s: String) { testimonies(filter: { search: $s }) { totalCount } }',
      {
        s: search,
      },
    );
    expect(errors[0].extensions.code).toBe('BAD_USER_INPUT');
  });
});

test.each([
  [{}, ['TEM-3', 'TEM-2', 'TEM-1']],
  [{ answered: true }, ['TEM-3', 'TEM-1']],
  [{ answered: false }, ['TEM-2']],
  [{ actionEngaged: true }, ['TEM-3']],
  [{ feelings: ['NEGATIVE', 'NEUTRAL'] }, ['TEM-3', 'TEM-2']],
  [{ postedAs: ['BUSINESS'] }, []],
  [{ tags: ['accessibilite', 'inconnu'] }, ['TEM-1']],
  [{ channels: ['Téléphone'] }, ['TEM-1']],
  [{ channels: ['Téléphone'], network: 'NET-caf' }, []],
  [{ procedure: 'PROC-logement' }, ['TEM-1']],
  [{ network: 'NET-france-travail' }, ['TEM-1']],
  [{ structure: 'STR-caf' }, ['TEM-3', 'TEM-2', 'TEM-1']],
  [{ structure: 'STR-caf-75' }, ['TEM-3', 'TEM-2']],
  [{ site: 'SITE-caf-75' }, ['TEM-2']],
  [{ territory: 'FR' }, ['TEM-3', 'TEM-2', 'TEM-1']],
  [{ territory: 'REG-32' }, ['TEM-1']],
  [{ territory: 'COM-75056' }, ['TEM-2']],
  [{ userTerritory: 'DEP-75' }, ['TEM-1']],
  [{ publishedFrom: '2024-04-02' }, ['TEM-3', 'TEM-2']],
  [{ publishedTo: '2024-04-01' }, ['TEM-1']],
  [{ writtenFrom: '2024-03-02', writtenTo: '2024-03-31' }, ['TEM-2']],
])('the filter %j', async (filter, ids) => {
  expect(await found(filter)).toEqual(ids);
});

test('a published testimony says whom it concerns; drafts are invisible', async () => {
  const { data } = await ask(`{
    one: testimony(id: "TEM-1") { title feeling writtenOn publishedOn answered actionEngaged userTerritory { id }
      procedures { id } procedureLabels tags { label }
      concerns { network { id } structure { id } site { id } channels status reply { body firstAnsweredOn aiSimilarity } } }
    two: testimony(id: "TEM-2") { procedures { id } procedureLabels concerns { status reply { body } } }
    submitted: testimony(id: "TEM-4") { id } rejected: testimony(id: "TEM-5") { id } unknown: testimony(id: "?") { id } }`);
  expect(data).toEqual({
    one: {
      title: 'Accueil très agréable',
      feeling: 'POSITIVE',
      writtenOn: '2024-03-01',
      publishedOn: '2024-03-05',
      answered: true,
      actionEngaged: false,
      userTerritory: { id: 'DEP-75' },
      procedures: [{ id: 'PROC-logement' }],
      procedureLabels: ['aide au logement'],
      tags: [{ label: 'Thème accessibilite' }, { label: 'Thème relation' }],
      concerns: [
        {
          network: { id: 'NET-caf' },
          structure: { id: 'STR-caf-62' },
          site: { id: 'SITE-caf-62' },
          channels: ['Guichet'],
          status: 'PUBLISHED',
          reply: { body: 'Merci à vous.', firstAnsweredOn: '2024-03-11', aiSimilarity: 12.5 },
        },
        {
          network: { id: 'NET-france-travail' },
          structure: { id: 'STR-ft-bapaume' },
          site: { id: 'SITE-ft-62' },
          channels: ['Téléphone'],
          status: 'TO_PROCESS',
          reply: null,
        },
      ],
    },
    two: {
      procedures: [],
      procedureLabels: ['inscription'],
      concerns: [{ status: 'TO_PROCESS', reply: null }],
    },
    submitted: null,
    rejected: null,
    unknown: null,
  });
});

test('both keys lead to a testimony', async () => {
  const { data } = await ask(
    'query ($r: [_Any]!) { _entities(representations: $r) { ... on Testimony { id title } } }',
    {
      r: [
        { __typename: 'Testimony', ref: 'TEM-3' },
        { __typename: 'Testimony', id: 'TEM-1' },
        { __typename: 'Testimony', ref: 'TEM-4' },
      ],
    },
  );
  expect(data._entities).toEqual([
    { id: 'TEM-3', title: 'Suivi par portail' },
    { id: 'TEM-1', title: 'Accueil très agréable' },
    null,
  ]);
});

test('pages follow one another, and a cursor of one subject is refused by another', async () => {
  const page = (id: string, after: string | null) =>
    ask(
      `query ($r: [_Any]!, $after: String) { _entities(representations: $r) { ... on Network {
         testimonies(first: 2, after: $after) { nodes { id } pageInfo { endCursor hasNextPage } } } } }`,
      { r: [{ __typename: 'Network', id }], after },
    );
  const first = (await page('NET-caf', null)).data._entities[0].testimonies;
  expect(first.nodes).toEqual([{ id: 'TEM-3' }, { id: 'TEM-2' }]);
  expect(first.pageInfo.hasNextPage).toBe(true);
  const second = (await page('NET-caf', first.pageInfo.endCursor)).data._entities[0].testimonies;
  expect(second).toMatchObject({ nodes: [{ id: 'TEM-1' }], pageInfo: { hasNextPage: false } });
  const { errors } = await page('NET-france-travail', first.pageInfo.endCursor);
  expect(errors[0].extensions.code).toBe('BAD_USER_INPUT');
});

const groups = async (typename: string, id: string, args: string) => {
  const { data, errors } = await entities(
    typename,
    [id],
    `testimonyStats(${args}) { keys { dimension value label } count share }`,
  );
  expect(errors).toBeUndefined();
  return data._entities[0].testimonyStats.map(
    ({ keys, count, share }: { keys: { value: string; label: string }[]; count: number; share: number }) => [
      ...keys.map(({ value, label }) => `${value}=${label}`),
      count,
      share,
    ],
  );
};

describe('statistics', () => {
  test.each([
    [
      'FEELING',
      [
        ['NEGATIVE=Négatif', 1, 0.3333],
        ['NEUTRAL=Neutre', 1, 0.3333],
        ['POSITIVE=Positif', 1, 0.3333],
      ],
    ],
    [
      'MONTH',
      [
        ['2024-03=2024-03', 1, 0.3333],
        ['2024-04=2024-04', 2, 0.6667],
      ],
    ],
    [
      'TAG',
      [
        ['relation=Thème relation', 2, 0.6667],
        ['accessibilite=Thème accessibilite', 1, 0.3333],
        ['null=Non précisé', 1, 0.3333],
      ],
    ],
    [
      'CHANNEL',
      [
        ['null=Non précisé', 2, 0.6667],
        ['Guichet=Guichet', 1, 0.3333],
      ],
    ],
    [
      'PROCEDURE',
      [
        ['PROC-logement=aide au logement', 1, 0.3333],
        ['inscription=inscription', 1, 0.3333],
        ['null=Non précisé', 1, 0.3333],
      ],
    ],
    ['POSTED_AS', [['INDIVIDUAL=Particulier', 3, 1]]],
    ['NETWORK', [['NET-caf=CAF', 3, 1]]],
    ['TYPOLOGY', [['TYP-caf=Caf', 3, 1]]],
    [
      'STRUCTURE',
      [
        ['STR-caf-75=CAF de Paris', 2, 0.6667],
        ['STR-caf-62=CAF du Pas-de-Calais', 1, 0.3333],
      ],
    ],
    [
      'SITE',
      [
        ['SITE-caf-62=Caf - Arras', 1, 0.3333],
        ['SITE-caf-75=Caf - Paris 1er', 1, 0.3333],
        ['null=Non précisé', 1, 0.3333],
      ],
    ],
    [
      'COMMUNE',
      [
        ['COM-62041=Arras', 1, 0.3333],
        ['COM-75101=Paris 1er Arrondissement', 1, 0.3333],
        ['null=Non précisé', 1, 0.3333],
      ],
    ],
    [
      'DEPARTEMENT',
      [
        ['DEP-75=Paris', 2, 0.6667],
        ['DEP-62=Pas-de-Calais', 1, 0.3333],
      ],
    ],
    [
      'REGION',
      [
        ['REG-11=Île-de-France', 2, 0.6667],
        ['REG-32=Hauts-de-France', 1, 0.3333],
      ],
    ],
    [
      'USER_DEPARTEMENT',
      [
        ['null=Non précisé', 2, 0.6667],
        ['DEP-75=Paris', 1, 0.3333],
      ],
    ],
    ['USER_REGION', [['null=Non précisé', 3, 1]]],
  ])('of a network by %s', async (dimension, expected) => {
    expect(await groups('Network', 'NET-caf', `groupBy: [${dimension}]`)).toEqual(expected);
  });

  test('by two dimensions, with shares of the whole or within the first', async () => {
    const filter = 'filter: { publishedFrom: "2024-04-01" }';
    expect(await groups('Network', 'NET-caf', `${filter}, groupBy: [MONTH, FEELING]`)).toEqual([
      ['2024-04=2024-04', 'NEGATIVE=Négatif', 1, 0.5],
      ['2024-04=2024-04', 'NEUTRAL=Neutre', 1, 0.5],
    ]);
    expect(await groups('Territory', 'FR', 'groupBy: [NETWORK, FEELING], shareOf: FIRST_DIMENSION')).toEqual([
      ['NET-caf=CAF', 'NEGATIVE=Négatif', 1, 0.3333],
      ['NET-caf=CAF', 'NEUTRAL=Neutre', 1, 0.3333],
      ['NET-caf=CAF', 'POSITIVE=Positif', 1, 0.3333],
      ['NET-france-travail=France Travail', 'POSITIVE=Positif', 1, 1],
    ]);
  });

  test('a testimony about two networks counts once in the whole, in each where it is asked', async () => {
    const { data } = await ask('{ testimonyStats(groupBy: [NETWORK]) { keys { value } count share } }');
    expect(data.testimonyStats).toEqual([
      { keys: [{ value: 'NET-caf' }], count: 3, share: 1 },
      { keys: [{ value: 'NET-france-travail' }], count: 1, share: 0.3333 },
    ]);
  });

  test.each(['[]', '[TAG, TAG]', '[TAG, FEELING, MONTH]'])('groupBy: %s is refused', async (groupBy) => {
    const { errors } = await ask(`{ testimonyStats(groupBy: ${groupBy}) { count } }`);
    expect(errors[0].extensions.code).toBe('BAD_USER_INPUT');
  });
});

test('delays count each structure concerned, by group or as a whole', async () => {
  const fields = 'keys { label } expected answered unanswered answeredShare medianDays p90Days overdue';
  const { data } = await entities(
    'Network',
    ['NET-caf', 'NET-unknown'],
    `all: replyDelays { ${fields} } byRegion: replyDelays(groupBy: [REGION]) { ${fields} }`,
  );
  expect(data._entities[0].all).toEqual([
    {
      keys: [],
      expected: 3,
      answered: 2,
      unanswered: 1,
      answeredShare: 0.6667,
      medianDays: 7,
      p90Days: 9.4,
      overdue: null,
    },
  ]);
  expect(data._entities[0].byRegion).toEqual([
    {
      keys: [{ label: 'Île-de-France' }],
      expected: 2,
      answered: 1,
      unanswered: 1,
      answeredShare: 0.5,
      medianDays: 4,
      p90Days: 4,
      overdue: null,
    },
    {
      keys: [{ label: 'Hauts-de-France' }],
      expected: 1,
      answered: 1,
      unanswered: 0,
      answeredShare: 1,
      medianDays: 10,
      p90Days: 10,
      overdue: null,
    },
  ]);
  expect(data._entities[1].all).toMatchObject([
    { expected: 0, answered: 0, answeredShare: null, medianDays: null },
  ]);
});

test('the number of statements does not depend on the number of subjects', async () => {
  const fields = `testimonies(first: 3) { totalCount nodes { title concerns { status reply { body } } tags { id } } }
    testimonyStats(groupBy: [FEELING]) { count }`;
  const one = await countStatements(() => entities('Site', ['SITE-caf-62'], fields));
  const many = await countStatements(() =>
    entities('Site', ['SITE-caf-62', 'SITE-caf-75', 'SITE-ft-62'], fields),
  );
  expect(many.result.data._entities.map((site: { testimonies: object }) => site.testimonies)).toHaveLength(3);
  expect(one.statements).toHaveLength(6);
  expect(many.statements).toHaveLength(6);
});
