import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ANONYMOUS, VIEWER_ROLES, type Viewer } from '../viewer.ts';
import { canonical, FIELDS, HEADERS, SIGNATURE_HEADER, type SignedFields, signatureOf } from './format.ts';
import { decodeViewer, encodeViewer } from './identity.ts';
import { MAX_AGE, MAX_BUDGET } from './limits.ts';
import { type RequestToSign, sign } from './sign.ts';
import { isBodyOf, type RequestToVerify, verify } from './verify.ts';

const NOW = 1_795_000_000_000;
const SECRET = 'the secret of these tests, new';
const OLD = 'the secret of these tests, old';
const BODY = '{"query":"{ ça }"}';
const REFERENT: Viewer = {
  role: 'LOCAL_REFERENT',
  subject: 'person:é "1"\\',
  network: 'NET-caf',
  structure: 'STR-caf-621',
};

const request = (changes: Partial<RequestToSign> = {}): RequestToSign => ({
  secret: SECRET,
  audience: 'indicators',
  viewer: REFERENT,
  requestId: 'portal-0123456789',
  deadline: NOW + 9000,
  body: BODY,
  time: NOW,
  ...changes,
});
/** What a subgraph makes of these headers and this body: what was signed, or the reason of the refusal. */
const judge = (
  headers: Record<string, string | string[] | undefined>,
  { body = BODY, ...changes }: Partial<RequestToVerify> & { body?: string } = {},
) => {
  const verdict = verify({ secrets: [SECRET], audience: 'indicators', headers, now: NOW, ...changes });
  if ('refusal' in verdict) return verdict.refusal;
  return isBodyOf(verdict.signed, Buffer.from(body)) ? verdict.signed : 'body';
};

test('what was signed arrives whole', () => {
  expect(judge(sign(request({ nonce: 'nonce-of-this-test' })))).toEqual({
    viewer: REFERENT,
    requestId: 'portal-0123456789',
    deadline: NOW + 9000,
    nonce: 'nonce-of-this-test',
    expires: NOW + 9000,
    body: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
});

// Hash and HMAC were computed by another program, from the description of the form.
test('the form is the one that is documented, and stays', () => {
  expect(sign(request({ nonce: 'nonce-of-this-test', viewer: ANONYMOUS }))).toEqual({
    'hub-audience': 'indicators',
    'hub-viewer': Buffer.from('{"role":"PUBLIC","subject":null,"network":null,"structure":null}').toString(
      'base64url',
    ),
    'hub-request-id': 'portal-0123456789',
    'hub-time': '1795000000000',
    'hub-deadline': '1795000009000',
    'hub-nonce': 'nonce-of-this-test',
    'hub-body': 'f8fc7368fa9b693266bc679cc8abc17300f1bfd972740f4735fd075f54385b64',
    'hub-signature': 'v1=ad5fe6a5634fdbef945451c25361ffa4181d46b4977b4385fe61510e96e0dcf6',
  });
});

test('no two requests have the same nonce', () => {
  expect(sign(request())[HEADERS.nonce]).not.toBe(sign(request())[HEADERS.nonce]);
});

test.each<[string, Partial<RequestToSign>, Partial<RequestToVerify>, string]>([
  ['another secret', { secret: OLD }, {}, 'signature'],
  [
    'an old secret after the change',
    { secret: OLD },
    { secrets: [SECRET, 'yet another secret'] },
    'signature',
  ],
  ['no secret at all', {}, { secrets: [] }, 'signature'],
  ['another audience', { audience: 'testimonies' }, {}, 'audience'],
  ['an audience in other letters', { audience: 'Indicators' }, {}, 'audience'],
  ['61 s old', { time: NOW - 61_000 }, {}, 'time'],
  ['one millisecond too old', { time: NOW - MAX_AGE - 1 }, {}, 'time'],
  ['61 s in the future', { time: NOW + 61_000, deadline: NOW + 70_000 }, {}, 'time'],
  ['a deadline that has passed', { time: NOW - 9000, deadline: NOW - 1 }, {}, 'late'],
  ['a deadline that is now', { time: NOW - 9000, deadline: NOW }, {}, 'late'],
  ['a deadline before the signing', { deadline: NOW - 1 }, {}, 'deadline'],
  ['a deadline absurdly far', { deadline: NOW + MAX_BUDGET + 1 }, {}, 'deadline'],
  ['a request id with spaces', { requestId: 'a b' }, {}, 'malformed'],
  ['a short nonce', { nonce: 'short' }, {}, 'malformed'],
  ['another body', { body: `${BODY} ` }, {}, 'body'],
])('%s is refused', (_case, signing, verifying, refusal) => {
  expect(judge(sign(request(signing)), verifying)).toBe(refusal);
});

test.each<[string, Partial<RequestToSign>, Partial<RequestToVerify>]>([
  ['60 s old', { time: NOW - MAX_AGE, deadline: NOW + 1 }, {}],
  ['60 s in the future', { time: NOW + MAX_AGE, deadline: NOW + MAX_AGE + 1 }, {}],
  ['the furthest deadline', { deadline: NOW + MAX_BUDGET }, {}],
  ['the second of two secrets', { secret: OLD }, { secrets: [SECRET, OLD] }],
  ['a name that is no header as it is', { audience: 'a:b\n"é"' }, { audience: 'a:b\n"é"' }],
])('%s is accepted', (_case, signing, verifying) => {
  expect(judge(sign(request(signing)), verifying)).toMatchObject({ viewer: REFERENT });
});

test('a request expires with its deadline, or with its age when that comes first', () => {
  const far = judge(sign(request({ deadline: NOW + MAX_BUDGET })));
  expect(far).toMatchObject({ expires: NOW + MAX_AGE + 1 });
});

const NAMES = [...Object.values(HEADERS), SIGNATURE_HEADER];
test.each(NAMES)('without, twice or with a blank %s it is refused', (name) => {
  const headers = sign(request());
  const value = headers[name] ?? '';
  expect(judge({ ...headers, [name]: undefined })).toMatch(/^(unsigned|malformed)$/);
  expect(judge({ ...headers, [name]: '' })).toBe('malformed');
  expect(judge({ ...headers, [name]: [value, value] })).toBe('malformed');
  expect(judge({ ...headers, [name]: `${value}, ${value}` })).toBe('malformed');
  expect(judge({ ...headers, [name]: `${value} ` })).toBe('malformed');
});

test('any single change of any header or of the body is refused', () => {
  const headers = sign(request({ body: BODY }));
  const edit = fc.record({
    at: fc.nat(),
    kind: fc.constantFrom('replace', 'insert', 'remove', 'case'),
    by: fc.oneof(
      fc.constantFrom(...Array.from('0123456789abcdefvAZ_-=.:%')),
      fc.string({ minLength: 1, maxLength: 1 }),
    ),
  });
  const edited = (text: string, { at, kind, by }: { at: number; kind: string; by: string }) => {
    const place = at % text.length;
    const before = text.slice(0, place);
    if (kind === 'insert') return before + by + text.slice(place);
    if (kind === 'remove') return before + text.slice(place + 1);
    const own = text.charAt(place);
    const other = own === own.toLowerCase() ? own.toUpperCase() : own.toLowerCase();
    return before + (kind === 'case' ? other : by) + text.slice(place + 1);
  };
  fc.assert(
    fc.property(fc.constantFrom(...NAMES, 'body'), edit, (name, change) => {
      const value = name === 'body' ? BODY : (headers[name] ?? '');
      const changed = edited(value, change);
      fc.pre(changed !== value);
      const verdict =
        name === 'body' ? judge(headers, { body: changed }) : judge({ ...headers, [name]: changed });
      expect(verdict).toMatch(/^(malformed|signature|body)$/);
    }),
    { numRuns: 3000 },
  );
});

test('a header of another request of the same gateway is refused', () => {
  const other = sign(
    request({
      audience: 'x',
      viewer: ANONYMOUS,
      requestId: 'other',
      body: '{}',
      time: NOW + 1,
      deadline: NOW + 2,
    }),
  );
  for (const name of NAMES)
    expect(judge({ ...sign(request()), [name]: other[name] }), name).toBe('signature');
});

test('what is signed says where each part ends', () => {
  const parts = fc.array(fc.string(), { minLength: FIELDS.length, maxLength: FIELDS.length });
  const fields = (values: readonly string[]) =>
    Object.fromEntries(FIELDS.map((name, at) => [name, values[at] ?? ''])) as SignedFields;
  const shifted = fields(['a', 'b\nrequestId:1:c', '', '', '', '', '']);
  expect(canonical(shifted)).not.toBe(canonical(fields(['a', 'b', 'c', '', '', '', ''])));
  fc.assert(
    fc.property(parts, parts, (one, other) => {
      const same = one.every((value, at) => value === other[at]);
      expect(canonical(fields(one)) === canonical(fields(other))).toBe(same);
    }),
  );
});

const name = fc.option(
  fc.string({ minLength: 1, maxLength: 100, unit: 'grapheme' }).filter((text) => /^[^\p{C}]+$/u.test(text)),
);
test('every viewer comes back as it was', () => {
  const viewer = fc.record({
    role: fc.constantFrom(...VIEWER_ROLES),
    subject: name,
    network: name,
    structure: name,
  });
  fc.assert(
    fc.property(viewer, (one) => {
      expect(decodeViewer(encodeViewer(one))).toEqual(one);
    }),
  );
});

const ANYBODY = { role: 'DITP', subject: null, network: null, structure: null };
test.each<[string, unknown]>([
  ['an unknown role', { ...ANYBODY, role: 'ROOT' }],
  ['no role', { subject: null, network: null, structure: null }],
  ['more than a viewer', { ...ANYBODY, admin: true }],
  ['keys in another order', { subject: null, role: 'DITP', network: null, structure: null }],
  ['a name of no letters', { ...ANYBODY, subject: '' }],
  ['an endless name', { ...ANYBODY, subject: 'x'.repeat(513) }],
  ['a NUL in a name', { ...ANYBODY, network: 'NET-\0caf' }],
  ['a direction mark in a name', { ...ANYBODY, network: 'NET-\u202Ecaf' }],
  ['a number as a name', { ...ANYBODY, structure: 1 }],
  ['a list', [ANYBODY]],
  ['nothing', null],
])('a viewer with %s is refused, well signed though it is', (_case, value) => {
  const viewer = Buffer.from(JSON.stringify(value)).toString('base64url');
  const headers = sign(request());
  const fields = Object.fromEntries(
    FIELDS.map((field) => [field, headers[HEADERS[field]] ?? '']),
  ) as SignedFields;
  const signature = signatureOf(SECRET, { ...fields, viewer });
  expect(judge({ ...headers, [HEADERS.viewer]: viewer, [SIGNATURE_HEADER]: signature })).toBe('identity');
});

test('a viewer that is no JSON, JSON with blanks, or in another alphabet is none', () => {
  expect(decodeViewer(Buffer.from('{"role"').toString('base64url'))).toBeNull();
  expect(decodeViewer(Buffer.from(JSON.stringify(ANYBODY, null, 1)).toString('base64url'))).toBeNull();
  expect(decodeViewer(`${encodeViewer(ANONYMOUS)}==`)).toBeNull();
});
