import { describe, expect, test } from 'vitest';
import { countStatements } from '../../test/kit/statements.ts';
import { openedOnSample } from './fixtures/opened.ts';

const { ask, entities } = await openedOnSample();

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
