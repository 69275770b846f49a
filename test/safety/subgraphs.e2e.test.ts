import { expect, test } from 'vitest';
import { type RequestToSign, sign } from '../../kernel/signature/sign.ts';
import { ANONYMOUS, type Viewer } from '../../kernel/viewer.ts';
import { startedDatabase, startHub, TEST_SECRET } from '../kit/hub.ts';
import { OWN_NETWORK, viewerLike } from '../kit/roles.ts';
import { errorsOf, type Got, request } from './kit/http.ts';
import { leakIn } from './kit/leak.ts';
import { workOf } from './kit/work.ts';
import { SITE } from './kit/world.ts';

/** The subgraphs apart, asked by somebody who is not their gateway, or who got hold of its secret. */
const { subgraphUrls } = await startHub((await startedDatabase()).url, { mode: 'apart' });
const NAMES = Object.keys(subgraphUrls);
const urlOf = (name: string) => (subgraphUrls[name] ?? '').replace(/\/graphql$/, '');

const SERVICE = JSON.stringify({ query: '{ _service { sdl } }' });
const ENTITIES = 'query ($r: [_Any]!) { _entities(representations: $r) { __typename } }';

const signed = (name: string, body: string, changes: Partial<RequestToSign> = {}) =>
  sign({
    secret: TEST_SECRET,
    audience: name,
    viewer: ANONYMOUS,
    requestId: 'request-0001',
    deadline: (changes.time ?? Date.now()) + 20_000,
    body,
    ...changes,
  });

/** Asks, and tells what ran meanwhile: statements, and nothing of what reading the request took. */
async function ask(name: string, body: string, headers: Record<string, string>) {
  const { result, statements } = await workOf(urlOf(name), () => request(urlOf(name), { body, headers }));
  return { got: result, statements };
}

const told = (got: Got) => ({
  status: got.status,
  codes: [...new Set(errorsOf(got).map(({ extensions }) => extensions.code))],
  json: /^application\/(graphql-response\+)?json/.test(got.headers.get('content-type') ?? ''),
  leak: leakIn(got.text.replaceAll(/representations?/g, '')),
  // An entity that is refused is null.
  data: /"data":\{/.test(got.text.replace('{"_entities":[null]}', 'null')),
});
const refusal = (status: number, code: string) => ({
  status,
  codes: [code],
  json: true,
  leak: null,
  data: false,
});
const UNSIGNED = refusal(401, 'UNAUTHENTICATED');

const MINUTE = 60_000;

test.each(NAMES)(
  'calls without a valid signature of the gateway are refused, empty of information: %s',
  async (name) => {
    const now = Date.now();
    const right = signed(name, SERVICE);
    const attempts: [string, string, Record<string, string>][] = [
      ['unsigned', SERVICE, {}],
      [
        'another secret',
        SERVICE,
        signed(name, SERVICE, { secret: 'another secret of more than 32 characters' }),
      ],
      ['for another subgraph', SERVICE, signed('elsewhere', SERVICE)],
      ['for another body', SERVICE, signed(name, '{}')],
      [
        'older than 60 s',
        SERVICE,
        signed(name, SERVICE, { time: now - MINUTE - 1000, deadline: now + MINUTE }),
      ],
      ['from the future', SERVICE, signed(name, SERVICE, { time: now + MINUTE + 5000 })],
      [
        'another viewer',
        SERVICE,
        { ...right, 'hub-viewer': Buffer.from(JSON.stringify(viewerLike('DITP'))).toString('base64url') },
      ],
      ['without its signature', SERVICE, { ...right, 'hub-signature': '' }],
      ['an id of a client instead', SERVICE, { authorization: 'Bearer x', 'x-hub-viewer': 'DITP' }],
    ];
    const texts = new Set<string>();
    for (const [what, body, headers] of attempts) {
      const { got, statements } = await ask(name, body, headers);
      expect({ ...told(got), statements }, what).toEqual({ ...UNSIGNED, statements: [] });
      texts.add(got.text);
    }
    expect(texts.size).toBe(1);
  },
);

test('a copy of a signed request is refused', async () => {
  const headers = signed('administrations', SERVICE);
  expect((await ask('administrations', SERVICE, headers)).got.status).toBe(200);
  expect(told((await ask('administrations', SERVICE, headers)).got)).toEqual(UNSIGNED);
});

/** Hostile representations, from somebody who can sign. */
const REPRESENTATIONS: Record<string, string> = {
  'more than 1 000 representations': JSON.stringify(
    Array.from({ length: 1001 }, (_, index) => ({ __typename: 'Site', id: `SITE-${index}` })),
  ),
  'an unknown __typename': '[{"__typename":"Nothing","id":"1"}]',
  'a __typename that JavaScript knows': '[{"__typename":"constructor","id":"1"}]',
  'a __typename that is no entity': '[{"__typename":"PageInfo"}]',
  'a __typename that is no text': '[{"__typename":{"a":1},"id":"1"}]',
  'no __typename': '[{"id":"1"}]',
  'a __proto__ key': `[{"__typename":"Site","__proto__":{"id":"${SITE}"}}]`,
  'null instead': '[null]',
  'text with NUL': '[{"__typename":"Site","id":"a\\u0000b"}]',
  'half of a pair of surrogates': '[{"__typename":"Site","id":"\\ud800"}]',
};

test.each(Object.entries(REPRESENTATIONS))(
  'refused with a neutral message, though signed: %s',
  async (_what, list) => {
    const body = `{"query":${JSON.stringify(ENTITIES)},"variables":{"r":${list}}}`;
    const { got, statements } = await ask('administrations', body, signed('administrations', body));
    expect(told(got)).toMatchObject({ codes: ['BAD_USER_INPUT'], json: true, leak: null, data: false });
    expect(got.status).toBeLessThan(500);
    expect(statements).toEqual([]);
  },
);

test('a key of another shape than declared finds nothing, and fails nothing', async () => {
  for (const id of ['{"a":1}', '[1]', '1e99', 'true', 'null', '"\' or 1=1 --"', '"%"']) {
    const body = `{"query":${JSON.stringify(ENTITIES)},"variables":{"r":[{"__typename":"Site","id":${id}}]}}`;
    const { got } = await ask('administrations', body, signed('administrations', body));
    for (const { extensions } of errorsOf(got))
      expect(extensions.code, `${id} ${got.text}`).toBe('BAD_USER_INPUT');
    expect(got.text).not.toContain('"Site"');
  }
});

test.each([
  ['larger than the limit', 413, JSON.stringify({ query: `{ __typename } #${'x'.repeat(1_048_576)}` })],
  ['that is no JSON', 400, '{"query": '],
  ['of a list', 400, `[${SERVICE}]`],
  ['with a syntax error', 400, JSON.stringify({ query: '{ _service {' })],
  ['with 100 001 fields', 400, JSON.stringify({ query: `{ ${'a '.repeat(100_001)} }` })],
])('a signed body %s is JSON of the closed list, and no 500', async (_what, status, body) => {
  const { got, statements } = await ask('administrations', body, signed('administrations', body));
  expect(told(got)).toMatchObject({ status, json: true, leak: null, data: false });
  expect(statements).toEqual([]);
});

/** What only roles may read, asked in the name of somebody without: the subgraph itself refuses. */
test.each<[string, Viewer, string]>([
  ['anybody', ANONYMOUS, 'UNAUTHENTICATED'],
  ['a partner', { ...viewerLike('PUBLIC') }, 'FORBIDDEN'],
  ['a moderator', { ...viewerLike('MODERATOR') }, 'FORBIDDEN'],
  ['a local referent', { ...viewerLike('LOCAL_REFERENT') }, 'FORBIDDEN'],
])('authority is checked in the subgraph: drafts asked for %s', async (_who, viewer, code) => {
  const body = JSON.stringify({ query: `{ resultDrafts(network: "${OWN_NETWORK}") { totalCount } }` });
  const { got, statements } = await ask('indicators', body, signed('indicators', body, { viewer }));
  expect(errorsOf(got).map(({ extensions }) => extensions.code)).toEqual([code]);
  expect(JSON.parse(got.text).data).toEqual({ resultDrafts: null });
  expect({ leak: leakIn(got.text), statements }).toEqual({ leak: null, statements: [] });
});
