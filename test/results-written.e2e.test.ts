import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { HUB_MODES, send, startedDatabase, startHub } from './kit/hub.ts';
import { createKey } from './kit/keys.ts';

/** A headquarters works on a result of the demonstration set over HTTP, and a portal follows: both ways of serving. */
describe.each(HUB_MODES)('results written by a headquarters, %s', async (mode) => {
  const database = await startedDatabase();
  const { url } = await startHub(database.url, { mode });
  const NETWORK = 'NET-france-travail';
  const INDICATOR = 'IND-SATISFACTION';
  const key = await createKey(database.url, { role: 'NETWORK_HQ', network: NETWORK });
  const other = await createKey(database.url, { role: 'NETWORK_HQ', network: 'NET-caf' });
  const ask = async (
    query: string,
    variables: Record<string, unknown> = {},
    as: { key?: string | undefined } = {},
  ) => JSON.parse((await send(url, query, variables, as)).text);
  const mutate = async (name: string, type: string, input: object, fields: string, as = key) => {
    const query = `mutation ($input: ${type}!) { ${name}(input: $input) { ${fields} userErrors { code message path } } }`;
    const variables = { input: { idempotencyKey: randomUUID(), ...input } };
    const { data, errors } = await ask(query, variables, { key: as });
    return { ...data?.[name], errors };
  };
  const since = '2020-01-01T00:00:00Z';
  const CHANGES = `query ($since: DateTime!, $after: String) { changes(since: $since) { results(network: "${NETWORK}", first: 100, after: $after) {
    nodes { kind period publication site { id name } indicator { id } figure { value provenance { source file } } } pageInfo { endCursor hasNextPage } } } }`;
  /** All pages from a cursor on, as anybody. */
  const follow = async (from: string | null) => {
    const nodes: unknown[] = [];
    for (let after = from; ; ) {
      const { data, errors } = await ask(CHANGES, { since, after });
      expect(errors).toBeUndefined();
      const { results } = data.changes;
      nodes.push(...results.nodes);
      after = results.pageInfo.endCursor ?? after;
      if (!results.pageInfo.hasNextPage) return { nodes, after };
    }
  };
  const siteOf = async () => {
    const query = `{ network(id: "${NETWORK}") { sites(first: 1) { nodes { id } } } }`;
    return (await ask(query)).data.network.sites.nodes[0].id as string;
  };
  const read = (site: string, as?: string) =>
    ask(
      `{ site(id: "${site}") { results(period: "2016") { indicator { id } value ${as ? 'version' : ''} provenance { source } } } }`,
      {},
      { key: as },
    );

  test('a draft is published, corrected and withdrawn; the portal sees each, nobody sees the draft', async () => {
    const site = await siteOf();
    const { after } = await follow(null);
    const saved = await mutate(
      'saveResultDraft',
      'SaveResultDraftInput',
      {
        network: NETWORK,
        title: 'Essai',
        results: [{ indicator: INDICATOR, site, period: '2016', value: '78,5' }],
      },
      'draft { id version network { name } results { nodes { site { name } value } } }',
    );
    expect(saved.errors).toBeUndefined();
    expect(saved.userErrors).toEqual([]);
    expect(saved.draft.network.name).toBeTruthy();
    expect(saved.draft.results.nodes[0].site.name).toBeTruthy();
    expect((await read(site)).data.site.results).toEqual([]);
    const { draft } = saved;
    const stolen = await mutate(
      'publishResults',
      'ResultDraftInput',
      { draft: draft.id, version: 1 },
      'publication',
      other,
    );
    expect(stolen.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    const published = await mutate(
      'publishResults',
      'ResultDraftInput',
      { draft: draft.id, version: 1 },
      'publication inserted',
    );
    expect(published).toMatchObject({ inserted: 1, userErrors: [] });
    const source = saved.draft.network.name as string;
    const shown = (await read(site)).data.site.results;
    expect(shown).toEqual([{ indicator: { id: INDICATOR }, value: 78.5, provenance: { source } }]);
    const [{ version }] = (await read(site, key)).data.site.results;
    expect(version).toBe(published.publication);
    const result = {
      network: NETWORK,
      indicator: INDICATOR,
      site,
      period: '2016',
      reason: 'Erreur de saisie',
    };
    const FIELDS = 'result { kind publication site { name } figure { value version } }';
    const corrected = await mutate(
      'correctResult',
      'CorrectResultInput',
      { ...result, version, value: '79' },
      FIELDS,
    );
    expect(corrected.result).toMatchObject({ kind: 'CORRECTED', figure: { value: 79 } });
    const next = corrected.result.figure.version as number;
    const once = await follow(after);
    expect(once.nodes).toMatchObject([
      { kind: 'CORRECTED', period: '2016', site: { id: site }, figure: { value: 79 } },
    ]);
    const withdrawn = await mutate(
      'withdrawResult',
      'WithdrawResultInput',
      { ...result, version: next },
      FIELDS,
    );
    expect(withdrawn.result).toMatchObject({ kind: 'WITHDRAWN', figure: null });
    expect((await follow(once.after)).nodes).toMatchObject([
      { kind: 'WITHDRAWN', site: { id: site }, figure: null },
    ]);
    expect((await read(site)).data.site.results).toEqual([]);
  });

  test('its audit is for the network alone', async () => {
    const query = `{ auditTrail(network: "${NETWORK}") { networkId results(first: 3) { nodes { action object reason } } } }`;
    const { data } = await ask(query, {}, { key });
    expect(data.auditTrail.results.nodes.map(({ action }: { action: string }) => action)).toEqual([
      'RESULT_WITHDRAWN',
      'RESULT_CORRECTED',
      'RESULTS_PUBLISHED',
    ]);
    expect((await ask(query, {}, { key: other })).data).toEqual({ auditTrail: null });
  });
});
