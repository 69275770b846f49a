import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../kernel/config.ts';
import { asking } from '../../test/kit/ask.ts';
import { testDatabase } from '../../test/kit/database.ts';
import { seedDirectory } from '../../test/kit/directory.ts';
import { insertRows } from '../../test/kit/insert.ts';
import { countStatements } from '../../test/kit/statements.ts';
import { openSimplification } from './server.ts';

const database = await testDatabase();
const { ask, entities } = asking(await openSimplification(readConfig({}), database.url));
const owner = database.connect<unknown>('simplification', 'owner');

const seed = (table: string, ...rows: object[]) => insertRows(owner, `simplification.${table}`, rows);

const REPORT = { network_id: 'NET-caf', kind: 'LETTER', status: 'RECEIVED', problems: [], published: true };

beforeAll(async () => {
  await seedDirectory(database);
  const document = { network_id: 'NET-caf', title: 'Avis de trop-perçu', kind: 'LETTER' };
  await seed('document', {
    ...document,
    id: 'DOC-1',
    url: 'https://www.caf.fr/avis',
    published: true,
  });
  await seed('document', { ...document, id: 'DOC-2', published: false });
  const reports = [
    {
      id: 'REP-1',
      received_on: '2024-01-10',
      site_id: 'SITE-caf-62',
      structure_id: 'STR-caf-62',
      problems: ['JARGON'],
      document_id: 'DOC-1',
      comment: 'Secret.',
    },
    {
      id: 'REP-2',
      received_on: '2024-02-10',
      structure_id: 'STR-caf-75',
      problems: ['TOO_LONG', 'JARGON'],
      status: 'TRIAGED',
      triaged_on: '2024-02-12',
      kind: 'FORM',
    },
    {
      id: 'REP-3',
      received_on: '2023-02-10',
      site_id: 'SITE-ft-62',
      network_id: 'NET-france-travail',
      status: 'DISSEMINATED',
      triaged_on: '2023-02-12',
      rewritten_on: '2023-03-01',
      tested_on: '2023-03-10',
      disseminated_on: '2023-03-12',
    },
    { id: 'REP-4', received_on: '2024-03-10', structure_id: 'STR-caf-75', published: false },
    {
      id: 'REP-5',
      received_on: '2024-01-10',
      structure_id: 'STR-caf-75',
      status: 'DECLINED',
      declined_on: '2024-05-01',
    },
  ];
  await seed('report', ...reports.map((report) => ({ ...REPORT, ...report })));
});

test.each([
  [{}, ['REP-2', 'REP-5', 'REP-1', 'REP-3']],
  [{ status: ['RECEIVED', 'TRIAGED'] }, ['REP-2', 'REP-1']],
  [{ kinds: ['FORM'] }, ['REP-2']],
  [{ problems: ['JARGON', 'ORDER'] }, ['REP-2', 'REP-1']],
  [{ network: 'NET-caf' }, ['REP-2', 'REP-5', 'REP-1']],
  [{ structure: 'STR-caf' }, ['REP-2', 'REP-5', 'REP-1']],
  [{ structure: 'STR-caf-75' }, ['REP-2', 'REP-5']],
  [{ site: 'SITE-ft-62' }, ['REP-3']],
  [{ territory: 'DEP-62' }, ['REP-1', 'REP-3']],
  [{ territory: 'COM-62041' }, ['REP-1']],
  [{ receivedFrom: '2024-01-10', receivedTo: '2024-01-31' }, ['REP-5', 'REP-1']],
])('the filter %j', async (filter, ids) => {
  const { data } = await ask(
    'query ($f: SimplificationReportFilter) { simplificationReports(filter: $f) { totalCount nodes { id } } }',
    { f: filter },
  );
  expect(data.simplificationReports).toEqual({ totalCount: ids.length, nodes: ids.map((id) => ({ id })) });
});

test('both keys lead to a report and to a document; what is not published stays hidden', async () => {
  const fields = `... on SimplificationReport { id kind problems receivedOn status reportedBy document { id title }
      network { id } structure { id } site { id } triagedOn testedOn }
    ... on AdministrativeDocument { id title url network { id } }`;
  const { data, errors } = await entities(
    [
      { __typename: 'SimplificationReport', ref: 'REP-1' },
      { __typename: 'SimplificationReport', id: 'REP-4' },
      { __typename: 'AdministrativeDocument', ref: 'DOC-1' },
      { __typename: 'AdministrativeDocument', id: 'DOC-2' },
    ],
    fields,
  );
  expect(errors).toBeUndefined();
  expect(data._entities).toEqual([
    {
      id: 'REP-1',
      kind: 'LETTER',
      problems: ['JARGON'],
      receivedOn: '2024-01-10',
      status: 'RECEIVED',
      reportedBy: 'USER',
      document: { id: 'DOC-1', title: 'Avis de trop-perçu' },
      network: { id: 'NET-caf' },
      structure: { id: 'STR-caf-62' },
      site: { id: 'SITE-caf-62' },
      triagedOn: null,
      testedOn: null,
    },
    null,
    { id: 'DOC-1', title: 'Avis de trop-perçu', url: 'https://www.caf.fr/avis', network: { id: 'NET-caf' } },
    null,
  ]);
});

describe('funnel', () => {
  const funnel = 'received triaged rewritten tested disseminated declined medianDays';
  test('of networks and of territories, in a period or always', async () => {
    const { data } = await entities(
      [
        { __typename: 'Network', id: 'NET-caf' },
        { __typename: 'Territory', id: 'REG-32' },
        { __typename: 'Site', id: 'SITE-none' },
      ],
      `... on Network { all: simplificationFunnel { ${funnel} } year: simplificationFunnel(period: "2024-S1") { received } past: simplificationFunnel(period: "2023") { received } }
       ... on Territory { simplificationFunnel { ${funnel} } } ... on Site { simplificationFunnel { ${funnel} } }`,
    );
    expect(data._entities).toEqual([
      {
        all: {
          received: 3,
          triaged: 1,
          rewritten: 0,
          tested: 0,
          disseminated: 0,
          declined: 1,
          medianDays: null,
        },
        year: { received: 3 },
        past: { received: 0 },
      },
      {
        simplificationFunnel: {
          received: 2,
          triaged: 1,
          rewritten: 1,
          tested: 1,
          disseminated: 1,
          declined: 0,
          medianDays: 30,
        },
      },
      {
        simplificationFunnel: {
          received: 0,
          triaged: 0,
          rewritten: 0,
          tested: 0,
          disseminated: 0,
          declined: 0,
          medianDays: null,
        },
      },
    ]);
  });

  test('a period must be one', async () => {
    const { errors } = await ask('{ simplificationFunnel(period: "last year") { received } }');
    expect(errors[0].extensions.code).toBe('BAD_USER_INPUT');
  });
});

test('pages follow one another', async () => {
  const page = (after: string | null) =>
    ask(
      'query ($a: String) { simplificationReports(first: 3, after: $a) { nodes { id } pageInfo { endCursor hasNextPage } } }',
      {
        a: after,
      },
    );
  const first = (await page(null)).data.simplificationReports;
  expect(first.nodes).toEqual([{ id: 'REP-2' }, { id: 'REP-5' }, { id: 'REP-1' }]);
  const second = (await page(first.pageInfo.endCursor)).data.simplificationReports;
  expect(second).toMatchObject({ nodes: [{ id: 'REP-3' }], pageInfo: { hasNextPage: false } });
});

test('the number of statements does not depend on the number of subjects', async () => {
  const fields =
    '... on Site { simplificationReports(first: 3) { totalCount nodes { kind document { title } } } simplificationFunnel { tested } }';
  const sites = ['SITE-caf-62', 'SITE-ft-62', 'SITE-caf-75'].map((id) => ({ __typename: 'Site', id }));
  const one = await countStatements(() => entities(sites.slice(0, 1), fields));
  const many = await countStatements(() => entities(sites, fields));
  expect(many.result.data._entities).toHaveLength(3);
  expect([one.statements.length, many.statements.length]).toEqual([4, 4]);
});

test('the database itself refuses to disseminate what was not tested, and the public role reads no comment', async () => {
  const untested = {
    ...REPORT,
    id: 'REP-9',
    received_on: '2024-01-01',
    status: 'DISSEMINATED',
    disseminated_on: '2024-02-01',
  };
  await expect(seed('report', { ...untested, tested_on: '2024-02-02' })).rejects.toThrow(/check/);
  await expect(seed('report', untested)).rejects.toThrow(/check/);
  const reader = database.connect<unknown>('simplification', 'public');
  await expect(sql`select comment from simplification.report`.execute(reader)).rejects.toThrow(
    /permission denied/,
  );
});
