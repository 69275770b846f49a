import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { ANONYMOUS, type Viewer } from '../../../kernel/viewer.ts';
import { insertRows } from '../../../test/kit/insert.ts';
import { countStatements } from '../../../test/kit/statements.ts';
import { expectWorkflow } from '../../../test/kit/workflow-model.ts';
import {
  ANALYST,
  COLLEAGUE,
  DITP,
  HQ,
  OTHER_HQ,
  openWorkshop,
  REFERENT,
} from '../rewrite/fixtures/workshop.ts';
import { documentWorkflow } from './document.workflow.ts';

const { owner, subgraph, ask, receive, write, outcome } = await openWorkshop();
afterAll(() => subgraph.close());

const DOCUMENT = 'document { id title kind reference url version state possibleSteps }';
const save = (input: object, as: Viewer = HQ) =>
  write(
    as,
    'saveDocument',
    'SaveDocumentInput',
    { network: 'NET-caf', title: 'Avis de trop-perçu', kind: 'LETTER', ...input },
    DOCUMENT,
  );
const advance = (id: string, version: number, step: string, as: Viewer = HQ) =>
  write(as, 'advanceDocument', 'AdvanceDocumentInput', { id, version, step }, DOCUMENT);
const publish = async (input: object) => {
  const { document } = await save(input);
  await advance(document.id, 1, 'PUBLISH');
  return document.id as string;
};

test('a document goes through its workflow and no other way', async () => {
  await expectWorkflow(documentWorkflow, {
    begin: async () => (await save({})).document.id,
    send: async (id, verb, version) => outcome(await advance(id, version, verb.toUpperCase())),
    read: async (id) => {
      const { data } = await ask(
        DITP,
        `{ unpublishedDocuments(network: "NET-caf", first: 100) { nodes { id state version } }
        administrativeDocument(id: "${id}") { state version } }`,
      );
      const draft = data.unpublishedDocuments.nodes.find((node: { id: string }) => node.id === id);
      const { state, version } = draft ?? data.administrativeDocument;
      return { state, version };
    },
  });
}, 60_000);

test('a draft is the network’s own; the public register changes when it is published, changed and withdrawn', async () => {
  const { document } = await save({ reference: 'AVP-12', url: 'https://www.caf.fr/avis' });
  expect(document).toEqual({
    id: expect.stringMatching(/^DOC-/),
    title: 'Avis de trop-perçu',
    kind: 'LETTER',
    reference: 'AVP-12',
    url: 'https://www.caf.fr/avis',
    version: 1,
    state: 'DRAFT',
    possibleSteps: ['PUBLISH'],
  });
  const { id } = document;
  const seen = async () => (await ask(ANONYMOUS, `{ administrativeDocument(id: "${id}") { title } }`)).data;
  expect(await seen()).toEqual({ administrativeDocument: null });
  expect((await advance(id, 1, 'PUBLISH')).document).toMatchObject({ state: 'PUBLISHED', version: 2 });
  expect((await save({ id, version: 2, title: 'Avis simplifié' })).document).toMatchObject({
    reference: null,
    state: 'PUBLISHED',
    version: 3,
  });
  expect(await seen()).toEqual({ administrativeDocument: { title: 'Avis simplifié' } });
  expect((await advance(id, 3, 'WITHDRAW')).document).toMatchObject({
    state: 'WITHDRAWN',
    possibleSteps: ['PUBLISH'],
  });
  expect(await seen()).toEqual({ administrativeDocument: null });
});

describe('refused:', () => {
  test.each([
    [{ title: ' ' }, 'REQUIRED'],
    [{ title: 'x'.repeat(301) }, 'TOO_LONG'],
    [{ reference: 'x'.repeat(101) }, 'TOO_LONG'],
    [{ url: 'ftp://www.caf.fr' }, 'BAD_URL'],
    [{ id: 'DOC-none', version: 1 }, 'NOT_FOUND'],
    [{ id: 'DOC-none' }, 'BAD_USER_INPUT'],
    [{ network: 'NET-none' }, 'NOT_FOUND'],
    [{ network: 'NET-france-travail' }, 'NOT_FOUND'],
  ])('%j: %s', async (input, code) => {
    expect(outcome(await save(input))).toBe(code);
  });

  test('a document out of reach like one that does not exist, to other networks and to referents', async () => {
    const { document } = await save({});
    for (const viewer of [OTHER_HQ, REFERENT]) {
      expect(outcome(await advance(document.id, 1, 'PUBLISH', viewer))).toBe('NOT_FOUND');
      expect(outcome(await advance('DOC-none', 1, 'PUBLISH', viewer))).toBe('NOT_FOUND');
    }
    expect(outcome(await save({ id: document.id, version: 1 }, REFERENT))).toBe('NOT_FOUND');
    expect(
      outcome(await save({ id: document.id, version: 1, network: 'NET-france-travail' }, OTHER_HQ)),
    ).toBe('NOT_FOUND');
    expect(outcome(await save({}, ANALYST))).toBe('FORBIDDEN');
    expect(outcome(await save({}, ANONYMOUS))).toBe('UNAUTHENTICATED');
  });
});

test('saved twice with one key it is one document, and two who change it at once do not overwrite each other', async () => {
  const idempotencyKey = randomUUID();
  const [first, again] = [await save({ idempotencyKey }), await save({ idempotencyKey })];
  expect(again).toEqual(first);
  const { id } = first.document;
  const race = await Promise.all([
    save({ id, version: 1, title: 'Un' }),
    save({ id, version: 1, title: 'Deux' }, COLLEAGUE),
  ]);
  expect(race.map(outcome).toSorted()).toEqual(['CONFLICT', 'done']);
});

describe('the register', () => {
  test('by title, filtered, with how often each was reported', async () => {
    const [notice, form] = [
      await publish({ title: 'Zéro avis' }),
      await publish({ title: 'Zone de formulaire', kind: 'FORM' }),
    ];
    const rewritten = {
      status: 'DISSEMINATED',
      rewritten_on: '2026-02-01',
      tested_on: '2026-02-02',
      disseminated_on: '2026-02-03',
    };
    await receive({ document_id: notice, published: true, ...rewritten });
    const open = await receive({ document_id: notice, published: true });
    await receive({ document_id: notice, published: false });
    const { data } = await ask(
      ANONYMOUS,
      `{ all: administrativeDocuments(filter: { network: "NET-caf", kinds: [FORM] }) { totalCount nodes { id reportCount } }
         hard: administrativeDocuments(filter: { minReports: 2 }) { totalCount nodes { id reportCount lastRewrittenOn
           reports(filter: { status: [RECEIVED] }) { totalCount nodes { id } } } }
         none: administrativeDocuments(filter: { network: "NET-france-travail" }) { totalCount }
         report: simplificationReports(filter: { status: [RECEIVED] }) { nodes { document { reportCount } } } }`,
    );
    expect(data).toEqual({
      all: { totalCount: 1, nodes: [{ id: form, reportCount: 0 }] },
      hard: {
        totalCount: 1,
        nodes: [
          {
            id: notice,
            reportCount: 2,
            lastRewrittenOn: '2026-02-01',
            reports: { totalCount: 1, nodes: [{ id: open }] },
          },
        ],
      },
      none: { totalCount: 0 },
      report: { nodes: [{ document: { reportCount: 2 } }] },
    });
    const bad = await ask(ANONYMOUS, '{ administrativeDocuments(filter: { minReports: 0 }) { totalCount } }');
    expect(bad.errors[0].extensions.code).toBe('BAD_USER_INPUT');
  });

  test('its pages follow one another and cost the same statements, titles alike or not', async () => {
    const alike = { network_id: 'NET-caf', kind: 'EMAIL', title: 'Courriel', published: true };
    await insertRows(
      owner,
      'simplification.document',
      [1, 2, 3].map((key) => ({ ...alike, id: `DOC-E${key}` })),
    );
    const page = (first: number, after: string | null) =>
      ask(
        ANONYMOUS,
        `query ($n: Int, $a: String) { administrativeDocuments(first: $n, after: $a, filter: { kinds: [EMAIL] }) {
           totalCount nodes { id reportCount reports(first: 2) { nodes { id } } } pageInfo { endCursor } } }`,
        { n: first, a: after },
      );
    const one = await countStatements(() => page(1, null));
    const rest = await countStatements(() =>
      page(5, one.result.data.administrativeDocuments.pageInfo.endCursor),
    );
    const ids = [one, rest].flatMap(({ result }) =>
      result.data.administrativeDocuments.nodes.map(({ id }: { id: string }) => id),
    );
    expect(ids).toEqual(['DOC-E1', 'DOC-E2', 'DOC-E3']);
    expect([one.statements.length, rest.statements.length]).toEqual([4, 4]);
  });

  test('drafts are listed to those of the network only, page after page', async () => {
    const list = async (as: Viewer, after: string | null = null) =>
      (
        await ask(
          as,
          `query ($a: String) { unpublishedDocuments(network: "NET-caf", first: 1, after: $a) { totalCount nodes { id state }
             pageInfo { endCursor hasNextPage } } }`,
          { a: after },
        )
      ).data.unpublishedDocuments;
    await save({});
    await save({});
    const first = await list(HQ);
    expect(first.pageInfo.hasNextPage).toBe(true);
    const second = await list(HQ, first.pageInfo.endCursor);
    expect(second.totalCount).toBe(first.totalCount);
    expect(second.nodes[0].id > first.nodes[0].id).toBe(true);
    for (const viewer of [OTHER_HQ, REFERENT])
      expect(await list(viewer)).toMatchObject({ totalCount: 0, nodes: [] });
  });
});
