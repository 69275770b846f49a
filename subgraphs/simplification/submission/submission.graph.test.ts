import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../../kernel/config.ts';
import { ANONYMOUS, type Viewer } from '../../../kernel/viewer.ts';
import { asking, askOf } from '../../../test/kit/ask.ts';
import { testDatabase } from '../../../test/kit/database.ts';
import { seedDirectory } from '../../../test/kit/directory.ts';
import { insertRows } from '../../../test/kit/insert.ts';
import { countStatements } from '../../../test/kit/statements.ts';
import { openSimplification } from '../server.ts';

const database = await testDatabase();
const subgraph = await openSimplification(readConfig({}), database.url);
asking(subgraph);
const owner = database.connect<unknown>('simplification', 'owner');
const PARTNER: Viewer = { ...ANONYMOUS, subject: 'key:partner' };
const caf = (role: Viewer['role'], structure: string | null = null): Viewer => ({
  role,
  subject: `key:${role}`,
  network: 'NET-caf',
  structure,
});
const HQ = caf('NETWORK_HQ');

const MUTATION = `mutation ($input: ReportDocumentInput!) {
  reportDocument(input: $input) { receipt { id status receivedOn } userErrors { code path } }
}`;
const LETTER = { network: 'NET-caf', kind: 'LETTER', problems: ['JARGON', 'TOO_LONG', 'JARGON'] };
const SECRETS = { comment: '  Zorglub n’y comprend rien. ', suggestion: 'Dites-le en français à Zorglub.' };

const send = async (input: Record<string, unknown>, viewer: Viewer = PARTNER) => {
  const variables = { input: { idempotencyKey: randomUUID(), ...LETTER, ...input } };
  const { data, errors } = await askOf(subgraph, MUTATION, variables, { viewer, requestId: 'R-1' });
  return { ...data.reportDocument, errors };
};
const reportRow = async (id: string) => {
  const { rows } = await sql`
    select network_id, structure_id, site_id, kind, reported_by, problems, comment, suggestion, url, status,
           received_on = (now() at time zone 'UTC')::date as today, published, import_id
      from simplification.report where id = ${id}`.execute(owner);
  return rows[0];
};
const count = async () =>
  (await sql<{ count: number }>`select count(*)::int as count from simplification.report`.execute(owner))
    .rows[0]?.count;

beforeAll(async () => {
  await seedDirectory(database);
  const document = { network_id: 'NET-caf', title: 'Avis', kind: 'LETTER' };
  await insertRows(owner, 'simplification.document', [
    { ...document, id: 'DOC-1', published: true },
    { ...document, id: 'DOC-2', published: false },
    { ...document, id: 'DOC-3', network_id: 'NET-france-travail', published: true },
  ]);
});

test('a report is received today, and is not public', async () => {
  const place = { structure: 'STR-caf-62', site: 'SITE-caf-62', document: 'DOC-1' };
  const { receipt, userErrors } = await send({ ...place, ...SECRETS });
  expect(userErrors).toEqual([]);
  expect(receipt).toEqual({
    id: expect.stringMatching(/^REP-[0-9a-f-]{36}$/),
    status: 'RECEIVED',
    receivedOn: new Date().toISOString().slice(0, 10),
  });
  expect(await reportRow(receipt.id)).toEqual({
    network_id: 'NET-caf',
    structure_id: 'STR-caf-62',
    site_id: 'SITE-caf-62',
    kind: 'LETTER',
    reported_by: 'USER',
    problems: ['JARGON', 'TOO_LONG'],
    comment: 'Zorglub n’y comprend rien.',
    suggestion: SECRETS.suggestion,
    url: null,
    status: 'RECEIVED',
    today: true,
    published: false,
    import_id: null,
  });
  const published = await askOf(subgraph, 'query ($id: ID!) { simplificationReport(id: $id) { id } }', {
    id: receipt.id,
  });
  expect(published).toEqual({ data: { simplificationReport: null } });
});

test.each([
  ['PUBLIC', 'USER'],
  ['ANALYST', 'USER'],
  ['LOCAL_REFERENT', 'AGENT'],
  ['SUPER_AGENT', 'AGENT'],
  ['NETWORK_HQ', 'AGENT'],
] as const)('what a %s reports is said by a %s, whatever the network', async (role, reporter) => {
  const { receipt } = await send({ network: 'NET-france-travail' }, caf(role, 'STR-caf-62'));
  expect(await reportRow(receipt.id)).toMatchObject({ reported_by: reporter });
});

test('anybody without a key is refused', async () => {
  const before = await count();
  const { receipt, errors } = await send({}, ANONYMOUS);
  expect([receipt, errors]).toMatchObject([undefined, [{ extensions: { code: 'UNAUTHENTICATED' } }]]);
  expect(await count()).toBe(before);
});

test.each<[string, Record<string, unknown>, string, string[]]>([
  ['an unknown network', { network: 'NET-nowhere' }, 'UNKNOWN_NETWORK', ['network']],
  ['a structure of another network', { structure: 'STR-ft-bapaume' }, 'UNKNOWN_STRUCTURE', ['structure']],
  ['an unknown structure', { structure: 'STR-nowhere' }, 'UNKNOWN_STRUCTURE', ['structure']],
  ['a site of another network', { site: 'SITE-ft-62' }, 'UNKNOWN_SITE', ['site']],
  ['an unpublished document', { document: 'DOC-2' }, 'UNKNOWN_DOCUMENT', ['document']],
  ['a document of another network', { document: 'DOC-3' }, 'UNKNOWN_DOCUMENT', ['document']],
  ['a page without an address', { kind: 'WEB_PAGE' }, 'MISSING', ['url']],
  ['an address of a letter', { url: 'https://www.caf.fr/' }, 'UNEXPECTED', ['url']],
  ['an address of a program', { kind: 'WEB_PAGE', url: 'javascript:alert(1)' }, 'BAD_URL', ['url']],
  ['an address with a password', { kind: 'WEB_PAGE', url: 'https://a:b@caf.fr/' }, 'BAD_URL', ['url']],
  ['nothing said', { problems: [], comment: '  ' }, 'NOTHING_SAID', ['problems']],
  ['too long a comment', { comment: 'é'.repeat(4001) }, 'TOO_LONG', ['comment']],
  ['six files', { files: ['1', '2', '3', '4', '5', '6'] }, 'TOO_MANY', ['files']],
  ['a file twice', { files: ['FILE-1', 'FILE-1'] }, 'DUPLICATE', ['files', '1']],
  ['a file that is not there', { files: ['FILE-1'] }, 'UNKNOWN_FILE', ['files', '0']],
])('%s is a mistake, and nothing is written', async (_what, input, code, path) => {
  const before = await count();
  const answer = await send(input);
  expect(answer).toMatchObject({ receipt: null, userErrors: [{ code, path: ['input', ...path] }] });
  expect(await count()).toBe(before);
});

test.each([{ comment: 'a\u0000b' }, { suggestion: '\ud800' }, { network: '\u202e' }, { files: ['\u0000'] }])(
  'what is no text is refused: %j',
  async (input) => {
    const { errors } = await send(input);
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  },
);

test('a page of the web has its address, which is not public', async () => {
  const url = 'https://www.caf.fr/mes-demarches?dossier=42';
  const { receipt } = await send({ kind: 'WEB_PAGE', url, problems: [], comment: 'Où cliquer ?' });
  expect(await reportRow(receipt.id)).toMatchObject({ url, kind: 'WEB_PAGE' });
});

test('the same request again is answered again and not done again, however many at once', async () => {
  const idempotencyKey = randomUUID();
  const answers = await Promise.all([1, 2, 3].map(() => send({ ...SECRETS, idempotencyKey })));
  expect(new Set(answers.map(({ receipt }) => receipt.id)).size).toBe(1);
  const { errors } = await send({ ...SECRETS, comment: 'Autre chose', idempotencyKey });
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
});

describe('what the reporter wrote', async () => {
  const PRIVATE = '... on SimplificationReport { id comment suggestion url attachments { id type bytes } }';
  const read = async (ids: string[], viewer: Viewer) => {
    const { data, errors } = await askOf(
      subgraph,
      `query ($r: [_Any]!) { _entities(representations: $r) { ${PRIVATE} } }`,
      { r: ids.map((id) => ({ __typename: 'SimplificationReport', id })) },
      { viewer },
    );
    return { found: data?._entities, errors };
  };
  /** A report that its network has made public. */
  const published = async (input: Record<string, unknown> = {}) => {
    const { receipt } = await send({ structure: 'STR-caf-62', ...SECRETS, ...input });
    await sql`update simplification.report set published = true where id = ${receipt.id}`.execute(owner);
    return String(receipt.id);
  };

  test('is read by those who see the report', async () => {
    const id = await published();
    const whole = {
      id,
      comment: SECRETS.comment.trim(),
      suggestion: SECRETS.suggestion,
      url: null,
      attachments: [],
    };
    for (const viewer of [
      HQ,
      caf('LOCAL_REFERENT', 'STR-caf-62'),
      caf('LOCAL_REFERENT', 'STR-caf'),
      { ...ANONYMOUS, role: 'DITP', subject: 'person:1' } as const,
    ]) {
      expect(await read([id], viewer)).toEqual({ found: [whole] });
    }
  });

  test('is nothing to agents of elsewhere, though the report is public', async () => {
    const id = await published();
    const nothing = { id, comment: null, suggestion: null, url: null, attachments: null };
    for (const viewer of [{ ...HQ, network: 'NET-france-travail' }, caf('LOCAL_REFERENT', 'STR-caf-75')]) {
      expect(await read([id], viewer)).toEqual({ found: [nothing] });
    }
  });

  test.each([
    ['PUBLIC', 'FORBIDDEN'],
    ['ANALYST', 'FORBIDDEN'],
    ['SUPER_AGENT', 'FORBIDDEN'],
    ['MODERATOR', 'FORBIDDEN'],
  ] as const)('is not for a %s', async (role, code) => {
    const { errors } = await read([await published()], caf(role));
    expect(
      new Set(errors.map(({ extensions }: { extensions: { code: string } }) => extensions.code)),
    ).toEqual(new Set([code]));
  });

  test('costs the same number of statements, whatever the page', async () => {
    const ids = [await published(), await published(), await published()];
    const one = await countStatements(() => read(ids.slice(0, 1), HQ));
    const all = await countStatements(() => read(ids, HQ));
    expect(all.statements.length).toBe(one.statements.length);
  });

  test('is not in the audit, which tells that it came', async () => {
    const { receipt } = await send(SECRETS);
    const { data } = await askOf(
      subgraph,
      `query ($r: [_Any]!) { _entities(representations: $r) { ... on AuditTrail {
        simplification(first: 100) { nodes { action object actor after } } } } }`,
      { r: [{ __typename: 'AuditTrail', networkId: 'NET-caf' }] },
      { viewer: HQ },
    );
    const { nodes } = data._entities[0].simplification;
    expect(nodes).toContainEqual(
      expect.objectContaining({ action: 'DOCUMENT_REPORTED', object: receipt.id, actor: 'key:partner' }),
    );
    expect(JSON.stringify(nodes)).not.toMatch(/zorglub|caf\.fr/i);
  });
});
