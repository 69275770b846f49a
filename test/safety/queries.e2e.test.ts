import { describe, expect, test } from 'vitest';
import { HUB_MODES } from '../kit/hub.ts';
import { as, errorsOf, firstExtensions, operation, refusalOf, request } from './kit/http.ts';
import { leakIn } from './kit/leak.ts';
import { workOf } from './kit/work.ts';
import { openSafetyWorld } from './kit/world.ts';
import { META, TEXT_PLACES } from './tables/arguments.ts';
import { DOCUMENTS } from './tables/documents.ts';
import { PAGES } from './tables/pages.ts';
import { TRANSPORT } from './tables/transport.ts';

/** The rules for queries that hurt, line by line, on the whole hub over HTTP: refused, and nothing ran. */
const { hubs, keys } = await openSafetyWorld();

describe.each(HUB_MODES)('%s', (mode) => {
  const { url } = hubs[mode];

  test.each([...DOCUMENTS, ...TRANSPORT])('$name', async ({ sent, status, codes, says }) => {
    const { result, statements, behind } = await workOf(url, () => request(url, sent));
    expect(refusalOf(result)).toEqual({ status, codes, wrong: [] });
    expect({ statements, behind }).toEqual({ statements: [], behind: [] });
    expect(result.text).not.toContain('"data"');
    if (says) expect(errorsOf(result)[0]?.message).toMatch(says);
  });

  test('cost: estimate and limit stand in the error and in headers, more is allowed to a known role', async () => {
    const dear =
      '{ territories(first: 100) { nodes { sites(first: 100) { nodes { comparisons { period } } } } } }';
    const anybody = await request(url, operation(dear));
    const { estimate, limit } = firstExtensions(anybody);
    expect(anybody.headers.get('x-cost-limit')).toBe(String(limit));
    expect(anybody.headers.get('x-cost-estimate')).toBe(String(estimate));
    expect(Number(estimate)).toBeGreaterThan(Number(limit));
    const cheap = await request(url, operation('{ networks { id } }'));
    expect(cheap.status).toBe(200);
    expect(Number(cheap.headers.get('x-cost-estimate'))).toBeLessThan(12_000);
    const analyst = await request(url, as(keys.ANALYST, operation('{ networks { id } }')));
    expect(analyst.headers.get('x-cost-limit')).toBe('50000');
  });

  test.each(PAGES)('pages: $name', async ({ query, variables, code = 'BAD_USER_INPUT' }) => {
    const got = await request(url, operation(query, variables));
    const { codes, wrong } = refusalOf(got);
    expect({ codes, wrong }).toEqual({ codes: [code], wrong: [] });
  });

  test('pages: first with last is no argument of any list', async () => {
    const got = await request(url, operation('{ sites(first: 1, last: 1) { totalCount } }'));
    expect(refusalOf(got)).toEqual({ status: 400, codes: ['GRAPHQL_VALIDATION_FAILED'], wrong: [] });
  });

  test('pages: a cursor of another list, of another order, or tampered with', async () => {
    const lists = await request(
      url,
      operation(
        '{ sites(first: 1) { pageInfo { endCursor } } territories(first: 1) { pageInfo { endCursor } } }',
      ),
    );
    const { sites, territories } = JSON.parse(lists.text).data;
    const own: string = sites.pageInfo.endCursor;
    const after = 'query ($after: String) { sites(first: 1, after: $after) { nodes { id } } }';
    expect(JSON.parse((await request(url, operation(after, { after: own }))).text).errors).toBeUndefined();
    const bad = [
      territories.pageInfo.endCursor,
      `${own}A`,
      own.slice(1),
      own.slice(0, -3),
      own.toLowerCase(),
      Buffer.from('["x","y"]').toString('base64'),
      Buffer.from('["", null, {"a": 1}]').toString('base64url'),
      'null',
    ];
    for (const cursor of bad) {
      const got = await request(url, operation(after, { after: cursor }));
      expect(refusalOf(got), cursor).toMatchObject({ codes: ['BAD_USER_INPUT'], wrong: [] });
    }
    const other =
      'query ($after: String) { sites(first: 1, after: $after, orderBy: NAME_DESC) { nodes { id } } }';
    const got = await request(url, operation(other, { after: own }));
    expect(refusalOf(got)).toMatchObject({ wrong: [] });
    expect(JSON.parse(got.text).data).toEqual({ sites: null });
  });

  test('text that is none: NUL, half of a pair, bidirectional controls, in every argument of the graph', async () => {
    expect(TEXT_PLACES.length).toBeGreaterThan(60);
    const unfit = ['a\u0000b', '\ud800', 'a\u202eb', '\u2066'];
    const { statements, behind } = await workOf(url, async () => {
      for (const [index, place] of TEXT_PLACES.entries()) {
        const text = unfit[index % unfit.length] ?? '';
        const sent = as(keys.DITP, operation(place.document(1), place.variables([text])));
        expect(refusalOf(await request(url, sent)), place.name).toEqual({
          status: 400,
          codes: ['BAD_USER_INPUT'],
          wrong: [],
        });
      }
    });
    expect({ statements, behind }).toEqual({ statements: [], behind: [] });
  });

  test('text that is none, as a literal, an idempotency key, a title, an alias', async () => {
    const draft = (key: string, title: string) =>
      operation(
        'mutation ($input: SaveResultDraftInput!) { saveResultDraft(input: $input) { draft { id } } }',
        { input: { idempotencyKey: key, network: 'NET-caf', title, results: [] } },
      );
    const sent = [
      operation('{ site(id: "a\\u0000b") { id } }'),
      operation('{ sites(filter: { search: "a\u202eb" }) { totalCount } }'),
      as(keys.NETWORK_HQ, draft('12345678\u0000', 'Un titre')),
      as(keys.NETWORK_HQ, draft('12345678', 'Un \ud800 titre')),
      as(keys.NETWORK_HQ, draft('12345678', 'Un \u2067 titre')),
    ];
    const { result, statements } = await workOf(url, () => Promise.all(sent.map((one) => request(url, one))));
    for (const got of result)
      expect(refusalOf(got)).toEqual({ status: 400, codes: ['BAD_USER_INPUT'], wrong: [] });
    expect(statements).toEqual([]);
  });
});

describe.each(HUB_MODES)('metacharacters are data, %s', (mode) => {
  const { url } = hubs[mode];

  // Behind the gateway the same code runs in both modes.
  const texts = ['zzqnowhere', ...(mode === 'apart' ? META.slice(0, 5) : META)];

  test.each(TEXT_PLACES)('$name finds what a word finds that is nowhere', async (place) => {
    const sent = operation(place.document(texts.length), place.variables(texts));
    const got = await request(url, as(keys.DITP, sent));
    const { data, errors = [] } = JSON.parse(got.text);
    // What the client wrote may be shown to the client.
    expect(leakIn(got.text, ['sql'])).toBeNull();
    for (const { extensions } of errors) expect(['BAD_USER_INPUT', 'NOT_FOUND']).toContain(extensions.code);
    // Days and moments are refused whole, before anything runs.
    if (data === undefined) return;
    const nowhere = JSON.stringify(data.a0);
    for (const [index, text] of texts.entries()) {
      const found = data[`a${index}`];
      if (found !== null) expect(JSON.stringify(found), text).toBe(nowhere);
    }
  });

  test.each([
    ['caf%', 'caf'],
    ['c%f', 'c f'],
    ['c_f', 'c f'],
    ['caf & !caf', 'caf caf'],
    ['caf | zzq', 'caf zzq'],
    ['caf:*', 'caf'],
    ["'caf'", 'caf'],
    ['\\caf\\', 'caf'],
    ['(caf', 'caf'],
  ])('a search for %j is one for the words %j', async (text, words) => {
    const search = async (one: string) =>
      JSON.parse(
        (
          await request(
            url,
            operation(
              `query ($s: String!) { sites(filter: { search: $s }) { totalCount } structures(search: $s) { totalCount }
                indicators(search: $s) { totalCount } procedures(search: $s) { totalCount } networks(search: $s) { id }
                testimonies(filter: { search: $s }) { totalCount } territories(search: $s) { totalCount } }`,
              { s: one },
            ),
          )
        ).text,
      );
    const wanted = await search(words);
    expect(wanted.errors).toBeUndefined();
    expect(await search(text)).toEqual(wanted);
  });

  test('and the data is still there', async () => {
    const { data } = JSON.parse(
      (await request(url, operation('{ sites { totalCount } testimonies { totalCount } }'))).text,
    );
    expect(data.sites.totalCount).toBeGreaterThan(1000);
    expect(data.testimonies.totalCount).toBeGreaterThan(1000);
  });
});
