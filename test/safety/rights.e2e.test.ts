import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { eraseByTestimony } from '../../subgraphs/testimonies/contact/erase.query.ts';
import type { ContactsDatabase } from '../../subgraphs/testimonies/contact/tables.ts';
import { INTERNAL } from '../access/contracts.ts';
import { HUB_MODES } from '../kit/hub.ts';
import { CALLERS, type Caller, OTHER_NETWORK, OWN_NETWORK } from '../kit/roles.ts';
import { as, errorsOf, type Got, operation, request } from './kit/http.ts';
import { leakIn } from './kit/leak.ts';
import { EMBARGO, OTHER_PLACE, OWN_PLACE, openSafetyWorld } from './kit/world.ts';
import { MUTATIONS, save } from './tables/mutations.ts';

/** Who may see and do what, role by role, on the whole hub over HTTP. */
const { database, hubs, keys } = await openSafetyWorld();
const OWN_TITLE = 'DRAFT7302';
const OTHER_TITLE = 'DRAFT7303';

const ask = (url: string, key: string | undefined, query: string, variables = {}, headers = {}) =>
  request(url, as(key, { ...operation(query, variables), headers }));
const dataOf = ({ text }: Got) => JSON.parse(text).data;
const codesOf = (got: Got) => errorsOf(got).map(({ extensions }) => extensions.code);
/** The answer without what names this request, nor what it asked about. */
const bytes = ({ status, text }: Got, ...asked: string[]) =>
  asked.reduce(
    (left, one) => left.replaceAll(one, '…'),
    `${status} ${text.replaceAll(/"requestId":"[^"]*"/g, '')}`,
  );

const { rows } = await sql<{ count: number }>`
  select count(*)::int as count from testimonies.testimony where state = 'PUBLISHED'`.execute(
  database.connect('testimonies', 'owner'),
);
const published = rows[0]?.count;

const [together] = HUB_MODES;
const drafts = {
  own: await save(hubs[together].url, keys.NETWORK_HQ, OWN_NETWORK, OWN_PLACE, OWN_TITLE, '2013'),
  other: await save(hubs[together].url, keys.OTHER_HQ, OTHER_NETWORK, OTHER_PLACE, OTHER_TITLE, '2013'),
};

const SOME = ['TEM-1', 'PLAN-1', 'DIAG-1', 'LABEL-1', 'IMPACT-1', 'REP-1', 'DOC-1'];
const NEVER = ['TEM-4', 'TEM-5', 'PLAN-9', 'DIAG-9', 'LABEL-9', 'IMPACT-9', 'REP-9', 'DOC-9'];

const HERE = `filter: { structure: "${OWN_PLACE}" }, first: 100`;
const PUBLISHED = `query ($some: [ID!]!, $never: [ID!]!) {
  some: nodes(ids: $some) { id } never: nodes(ids: $never) { id }
  all: testimonies { totalCount } found: testimonies(filter: { search: "${EMBARGO}" }) { totalCount }
  testimonies(${HERE}) { nodes { id title body concerns { status reply { body } } } }
  actionPlans(${HERE}) { nodes { id title } } labels(${HERE}) { nodes { id } } impacts(${HERE}) { nodes { id title story } }
  simplificationReports(${HERE}) { nodes { id document { title } } }
  testimony(id: "TEM-4") { id } actionPlan(id: "PLAN-9") { id } impact(id: "IMPACT-9") { id }
  testimonyStats(groupBy: [FEELING]) { count } }`;

/** What each role gets of what only some may read: the data, or the code. */
const REACH: Readonly<
  Record<Caller, { drafts: string; otherDrafts: string; audit: string; imports: string }>
> = {
  anonymous: { drafts: 'hidden', otherDrafts: 'hidden', audit: 'hidden', imports: 'hidden' },
  PUBLIC: { drafts: 'hidden', otherDrafts: 'hidden', audit: 'hidden', imports: 'hidden' },
  ANALYST: { drafts: 'FORBIDDEN', otherDrafts: 'FORBIDDEN', audit: 'FORBIDDEN', imports: 'all' },
  LOCAL_REFERENT: { drafts: 'FORBIDDEN', otherDrafts: 'FORBIDDEN', audit: 'FORBIDDEN', imports: 'FORBIDDEN' },
  SUPER_AGENT: { drafts: 'FORBIDDEN', otherDrafts: 'FORBIDDEN', audit: 'FORBIDDEN', imports: 'FORBIDDEN' },
  NETWORK_HQ: { drafts: OWN_TITLE, otherDrafts: 'nothing', audit: 'own', imports: 'own' },
  MODERATOR: { drafts: 'FORBIDDEN', otherDrafts: 'FORBIDDEN', audit: 'FORBIDDEN', imports: 'all' },
  DITP: { drafts: OWN_TITLE, otherDrafts: OTHER_TITLE, audit: 'all', imports: 'all' },
};

describe.each(HUB_MODES)('%s', (mode) => {
  const { url } = hubs[mode];

  test.each(CALLERS)('%s sees published data, and nothing that is not published', async (caller) => {
    const got = await ask(url, keys[caller], PUBLISHED, { some: SOME, never: NEVER });
    expect(errorsOf(got)).toEqual([]);
    const data = dataOf(got);
    expect(data.some).toEqual(SOME.map((id) => ({ id })));
    expect(data.never).toEqual(NEVER.map(() => null));
    for (const id of NEVER) expect(got.text, id).not.toContain(`"${id}"`);
    expect([data.testimony, data.actionPlan, data.impact]).toEqual([null, null, null]);
    expect([data.found.totalCount, data.all.totalCount]).toEqual([0, published]);
    const counts = data.testimonyStats.map(({ count }: { count: number }) => count);
    expect(counts.reduce((sum: number, count: number) => sum + count, 0)).toBe(published);
    // What waits for validation is like what nobody has begun.
    expect(got.text).not.toMatch(/DRAFT|TO_VALIDATE/);
    expect(got.text).not.toContain(EMBARGO);
  });

  test.each(CALLERS)('%s reaches the drafts, audits and imports of its role', async (caller) => {
    const list = 'query ($n: ID!) { resultDrafts(network: $n) { nodes { title } } }';
    const seen = async (query: string, variables: Record<string, unknown>): Promise<string> => {
      const got = await ask(url, keys[caller], query, variables);
      const [code] = codesOf(got);
      if (code === 'GRAPHQL_VALIDATION_FAILED') return 'hidden';
      if (code !== undefined) return code;
      return JSON.stringify(Object.values(dataOf(got)));
    };
    const titles = async (network: string) => {
      const found = await seen(list, { n: network });
      return (
        [OWN_TITLE, OTHER_TITLE].find((title) => found.includes(title)) ??
        (found === '[{"nodes":[]}]' ? 'nothing' : found)
      );
    };
    const audit = async (network: string) => {
      const found = await seen('query ($n: ID!) { auditTrail(network: $n) { networkId } }', { n: network });
      return found === '[null]' ? 'nothing' : found;
    };
    const [own, other] = [await audit(OWN_NETWORK), await audit(OTHER_NETWORK)];
    const trails = own !== other ? (other === 'nothing' ? 'own' : 'odd') : own;
    const found = await seen('{ imports(first: 1) { totalCount } }', {});
    expect({ drafts: await titles(OWN_NETWORK), otherDrafts: await titles(OTHER_NETWORK) }).toEqual({
      drafts: REACH[caller].drafts,
      otherDrafts: REACH[caller].otherDrafts,
    });
    const wantedAudit = REACH[caller].audit;
    if (wantedAudit === 'all')
      expect([own, other]).toEqual([
        `[{"networkId":"${OWN_NETWORK}"}]`,
        `[{"networkId":"${OTHER_NETWORK}"}]`,
      ]);
    else expect(trails).toBe(wantedAudit);
    if (['all', 'own'].includes(REACH[caller].imports)) expect(found).toMatch(/totalCount/);
    else expect(found).toBe(REACH[caller].imports);
  });

  test('a headquarters is told of imports of its own network only', async () => {
    const count = async (key: string, network?: string) =>
      dataOf(await ask(url, key, 'query ($n: ID) { imports(network: $n) { totalCount } }', { n: network }))
        .imports.totalCount;
    expect(await count(keys.NETWORK_HQ, OTHER_NETWORK)).toBe(0);
    expect(await count(keys.ANALYST, OTHER_NETWORK)).toBeGreaterThan(0);
    expect(await count(keys.NETWORK_HQ)).toBe(await count(keys.NETWORK_HQ, OWN_NETWORK));
  });

  test('unknown and forbidden are the same bytes', async () => {
    const nobody = 'NET-nobody';
    const nothing = 'DRAFT-00000000-0000-4000-8000-000000000000';
    const pairs: [string, (id: string) => Record<string, unknown>, string, string][] = [
      ['query ($n: ID!) { auditTrail(network: $n) { networkId } }', (n) => ({ n }), OTHER_NETWORK, nobody],
      [
        'query ($n: ID!) { resultDrafts(network: $n) { totalCount nodes { id } } }',
        (n) => ({ n }),
        OTHER_NETWORK,
        nobody,
      ],
      [
        'query ($n: ID!) { imports(network: $n) { totalCount nodes { id } } }',
        (n) => ({ n }),
        OTHER_NETWORK,
        nobody,
      ],
      ['query ($id: ID!) { resultDraft(id: $id) { id title } }', (id) => ({ id }), drafts.other.id, nothing],
      ...Object.values(MUTATIONS).map(({ document, input }): (typeof pairs)[number] => [
        document,
        (id) => ({
          input: {
            idempotencyKey: randomUUID(),
            ...input({ network: id, draft: id, version: 1, place: OTHER_PLACE, mode: 0 }),
          },
        }),
        document.includes('ResultDraftInput!') && !document.includes('Save')
          ? drafts.other.id
          : OTHER_NETWORK,
        document.includes('ResultDraftInput!') && !document.includes('Save') ? nothing : nobody,
      ]),
    ];
    for (const [query, variables, forbidden, unknown] of pairs) {
      const one = await ask(url, keys.NETWORK_HQ, query, variables(forbidden));
      const other = await ask(url, keys.NETWORK_HQ, query, variables(unknown));
      expect(bytes(one, forbidden), query).toBe(bytes(other, unknown));
      expect([...one.headers.keys()].sort(), query).toEqual([...other.headers.keys()].sort());
      expect(leakIn(one.text), query).toBeNull();
      expect(one.text).not.toContain(OTHER_TITLE);
    }
  });

  test('every write leaves an audit row under the id of its request, for its network and for DITP alone', async () => {
    const year = String(2010 - HUB_MODES.indexOf(mode));
    const state = await save(url, keys.NETWORK_HQ, OWN_NETWORK, OWN_PLACE, OWN_TITLE, year);
    const spare = await save(url, keys.NETWORK_HQ, OWN_NETWORK, OWN_PLACE, OWN_TITLE, year);
    let publication = 0;
    // In the order in which one needs another.
    for (const name of [
      'wordCommitment',
      'defineIndicator',
      'saveResultDraft',
      'publishResults',
      'correctResult',
      'withdrawResult',
      'discardResultDraft',
    ] as const) {
      const mutation = MUTATIONS[name];
      const requestId = `audit-${HUB_MODES.indexOf(mode)}-${name}`;
      const draft = name === 'discardResultDraft' ? spare : state;
      const input = mutation.input({
        network: OWN_NETWORK,
        place: OWN_PLACE,
        draft: draft.id,
        version: name === 'correctResult' || name === 'withdrawResult' ? publication : draft.version,
        period: year,
        mode: HUB_MODES.indexOf(mode),
      });
      const got = await ask(
        url,
        keys.NETWORK_HQ,
        mutation.document,
        { input: { idempotencyKey: randomUUID(), ...input } },
        { 'x-request-id': requestId },
      );
      const [done] = Object.values(dataOf(got) ?? {}) as { userErrors: unknown[]; publication?: number }[];
      expect({ errors: errorsOf(got), userErrors: done?.userErrors }, name).toEqual({
        errors: [],
        userErrors: [],
      });
      if (name === 'publishResults') publication = Number(done?.publication);
      if (name === 'correctResult') publication += 1;
      const trail =
        'query ($n: ID!) { auditTrail(network: $n) { commitments(first: 100) { nodes { requestId actor role action } } results(first: 100) { nodes { requestId actor role action } } } }';
      for (const key of [keys.NETWORK_HQ, keys.DITP]) {
        const { text } = await ask(url, key, trail, { n: OWN_NETWORK });
        expect(text, name).toContain(
          `"requestId":"${requestId}","actor":"key:${keys.NETWORK_HQ.split('_')[1]}","role":"NETWORK_HQ"`,
        );
      }
      expect((await ask(url, keys.OTHER_HQ, trail, { n: OWN_NETWORK })).text).toBe(
        '{"data":{"auditTrail":null}}',
      );
      expect((await ask(url, keys.DITP, trail, { n: OTHER_NETWORK })).text).not.toContain(requestId);
    }
  });

  test('nothing of the internal contract shows in the public one: introspection, errors, suggestions', async () => {
    const types = await ask(
      url,
      undefined,
      '{ __schema { mutationType { name } types { name fields { name } } } }',
    );
    expect(types.text).not.toMatch(/auditTrail|resultDraft|moderationQueue|reportsToTriage|ReplyTask/i);
    for (const query of [
      '{ auditTral(network: "x") { id } }',
      '{ resultDraft(id: "x") { id } }',
      '{ import { id } }',
      'mutation { wordCommitment(input: {}) { userErrors { code } } }',
    ]) {
      const got = await ask(url, keys.PUBLIC, query);
      expect(got.status).toBe(400);
      expect(got.text.replaceAll(/"Cannot query field [^ ]+ /g, '')).not.toMatch(
        /auditTrail|resultDrafts|imports|Input!|NETWORK_HQ|scope/,
      );
    }
  });
});

test('contacts of authors are outside the graph', () => {
  const named = Object.values(INTERNAL.getTypeMap()).flatMap((type) =>
    'getFields' in type && !type.name.startsWith('__')
      ? Object.keys(type.getFields()).map((field) => `${type.name}.${field}`)
      : [],
  );
  expect(
    named.filter(
      (name) => /^(Testimony|Reply)\w*\./.test(name) && /mail|phone|contact|author|address/i.test(name),
    ),
  ).toEqual([]);
});

test('erasing an author leaves the published text, anonymous', async () => {
  const read = '{ testimony(id: "TEM-2") { title body pseudonym concerns { status } } }';
  const before = dataOf(await ask(hubs['in process'].url, undefined, read));
  expect(before.testimony.pseudonym).toBe('Pseudo');
  await eraseByTestimony(
    {
      contacts: database.connect<ContactsDatabase>('contacts', 'owner'),
      testimonies: database.connect('testimonies', 'owner'),
    },
    ['TEM-2'],
  );
  for (const mode of HUB_MODES)
    expect(dataOf(await ask(hubs[mode].url, undefined, read))).toEqual({
      testimony: { ...before.testimony, pseudonym: null },
    });
});
