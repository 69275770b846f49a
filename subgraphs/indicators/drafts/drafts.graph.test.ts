import { sql } from 'kysely';
import pg from 'pg';
import { expect, test } from 'vitest';
import { encodeCursor } from '../../../kernel/graphql/connection.ts';
import { agentOf } from '../../../kernel/postgres/agent.ts';
import { importText } from '../fixtures/import-text.ts';
import { DITP, HQ, newKey, OTHER_AGENT, OTHER_HQ, writersCountry } from '../fixtures/writers.ts';
import { networkResults } from '../import/network-results.merge.ts';
import { lockPublications } from '../publication/entry.ts';
import type { IndicatorsTables } from '../tables.ts';

const { database, owner, ask, save, publish, discard, figure } = await writersCountry();
const result = (site: string, period: string, value: string | null, more: object = {}) => ({
  indicator: 'IND-SATISFACTION',
  site: `SITE-${site}`,
  period,
  value,
  ...more,
});

test('a draft keeps what was typed, tells what an import would say, and shows in no figure', async () => {
  const { draft, userErrors, errors } = await save({
    results: [
      result('a1', '2020', '78,5'),
      result('nowhere', '2020', '50'),
      result('a2', '2020', '120'),
      result('b1', '2020', 'n.d.'),
      result('b2', '2020', '50', {
        veryFavourable: 1,
        favourable: 1,
        unfavourable: 1,
        veryUnfavourable: 1,
        respondents: 2,
      }),
      { indicator: 'IND-NONE', site: 'SITE-b3', period: '2020', value: '1' },
      { indicator: 'IND-SATISFACTION', period: '2020', value: '1' },
      result('k1', '2020', '50'),
      result('d1', 'hier', '50'),
      result('d2', '2020', '90', { numerator: '1', denominator: '2' }),
    ],
  });
  expect(errors).toBeUndefined();
  expect(
    userErrors.map(({ code, path }: { code: string; path: string[] }) => `${code} ${path.join('.')}`),
  ).toEqual([
    'UNKNOWN_SITE input.results.1.site',
    'OUT_OF_RANGE input.results.2.value',
    'NOT_A_DECIMAL input.results.3.value',
    'CONTRADICTORY_PARTS input.results.4.respondents',
    'UNKNOWN_INDICATOR input.results.5.indicator',
    'BAD_SUBJECT input.results.6',
    'OTHER_NETWORK input.results.7',
    'BAD_CODE input.results.8.period',
    'CONTRADICTORY_VALUE input.results.9.value',
  ]);
  expect(draft).toMatchObject({ version: 1, state: 'DRAFT', results: { totalCount: 10 } });
  expect(draft.results.nodes[0]).toEqual({ value: '78,5' });
  expect(draft.results.nodes[3]).toEqual({ value: 'n.d.' });
  expect(await figure('FR', '2020')).toBeUndefined();
  const refused = await publish(draft.id, 1);
  expect(refused).toMatchObject({ draft: null, publication: null });
  expect(refused.userErrors).toEqual(userErrors);
  expect(await figure('FR', '2020')).toBeUndefined();
});

test('a publication changes figures at every level, exactly, with its provenance', async () => {
  const { draft } = await save({
    results: [
      result('a1', '2019', '70,1'),
      result('a2', '2019', '80.2'),
      result('b1', '2019', null, { numerator: '10', denominator: '30' }),
      result('d1', '2019', '20'),
    ],
  });
  const done = await publish(draft.id, draft.version);
  expect(done).toMatchObject({ inserted: 4, corrected: 0, unchanged: 0, userErrors: [] });
  expect(done.draft).toMatchObject({ state: 'PUBLISHED', version: 2, publication: done.publication });
  expect(await figure('DEP-01', '2019')).toBe('75.15');
  expect(await figure('DEP-38', '2019')).toBe('33.333333');
  expect(await figure('REG-84', '2019')).toBe('61.211111');
  expect(await figure('FR', '2019')).toBe('50.908333');
  const entry = await owner
    .selectFrom('indicators.import')
    .select(['feed', 'source', 'file_name', 'state', 'accepted', 'scope'])
    .where('publication', '=', String(done.publication))
    .executeTakeFirst();
  expect(entry).toEqual({
    feed: 'results-api',
    source: 'NET-agences',
    file_name: draft.id,
    state: 'PUBLISHED',
    accepted: '4',
    scope: 'NET-agences',
  });
  expect(await publish(draft.id, 2)).toMatchObject({ error: 'CONFLICT' });
  expect(await save({ draft: draft.id, version: 2 })).toMatchObject({ error: 'CONFLICT' });
});

test('a draft is written by those who read its last version; put away, it is only read', async () => {
  const { draft } = await save({ results: [result('a1', '2018', '50')] });
  const second = await save({ draft: draft.id, version: 1, title: 'Suite', results: [] }, OTHER_AGENT);
  expect(second.draft).toMatchObject({ id: draft.id, version: 2, results: { totalCount: 0 } });
  expect(await save({ draft: draft.id, version: 1 })).toMatchObject({ error: 'CONFLICT' });
  expect(await save({ draft: draft.id })).toMatchObject({ error: 'BAD_USER_INPUT' });
  expect(await save({ version: 3 })).toMatchObject({ error: 'BAD_USER_INPUT' });
  expect((await publish(draft.id, 2)).userErrors).toMatchObject([{ code: 'EMPTY_DRAFT' }]);
  expect(await discard(draft.id, 1)).toMatchObject({ error: 'CONFLICT' });
  expect(await discard(draft.id, 2)).toMatchObject({ draft: { state: 'DISCARDED', version: 3 } });
  expect(await publish(draft.id, 3)).toMatchObject({ error: 'CONFLICT' });
});

test('two agents at once: one publishes, the other is in conflict', async () => {
  const { draft } = await save({ results: [result('a1', '2017', '50'), result('a2', '2017', '60')] });
  const both = await Promise.all([publish(draft.id, 1), publish(draft.id, 1, OTHER_AGENT)]);
  expect(both.map(({ error }) => error ?? 'done').sort()).toEqual(['CONFLICT', 'done']);
  const saved = await save({ results: [result('a1', '2017', '51')] });
  const race = await Promise.all([
    save({ draft: saved.draft.id, version: 1, title: 'A' }),
    save({ draft: saved.draft.id, version: 1, title: 'B' }, OTHER_AGENT),
  ]);
  expect(race.map(({ error }) => error ?? 'done').sort()).toEqual(['CONFLICT', 'done']);
});

test('a request sent again gives its first answer and publishes once; its key serves no other', async () => {
  const { draft } = await save({ results: [result('a1', '2016', '50')] });
  const other = await save({ results: [result('a1', '2016', '60')] });
  const key = newKey();
  const [first, again] = await Promise.all([publish(draft.id, 1, HQ, key), publish(draft.id, 1, HQ, key)]);
  expect(first.publication).toBeGreaterThan(0);
  expect(again).toEqual(first);
  expect(await publish(draft.id, 1, HQ, key)).toEqual(first);
  expect(await publish(other.draft.id, 1, HQ, key)).toMatchObject({ error: 'BAD_USER_INPUT' });
  const { rows } = await sql`select from indicators.import where file_name = ${draft.id}`.execute(owner);
  expect(rows).toHaveLength(1);
});

test('a refusal takes no key: the same request may be sent once what it missed is there', async () => {
  const { draft } = await save({ results: [{ ...result('a1', '2015', '50'), indicator: 'IND-LATER' }] });
  const key = newKey();
  expect((await publish(draft.id, 1, HQ, key)).userErrors).toMatchObject([{ code: 'UNKNOWN_INDICATOR' }]);
  await sql`insert into indicators.indicator (id, code) values ('IND-LATER', 'LATER')`.execute(owner);
  await sql`
    insert into indicators.definition (indicator_id, version, title, user_title, family, unit, direction, frequency)
    values ('IND-LATER', 1, 'Plus tard', 'Plus tard', 'PERFORMANCE', 'PERCENT', 'HIGHER_IS_BETTER', 'ANNUAL')
  `.execute(owner);
  expect(await publish(draft.id, 1, HQ, key)).toMatchObject({ inserted: 1, userErrors: [] });
});

test('what belongs to another network is as what does not exist', async () => {
  const { draft } = await save({ results: [result('a1', '2014', '50')] });
  const [foreign, unknown] = [draft.id, 'DRAFT-00000000-0000-0000-0000-000000000000'];
  const same = async (one: Promise<{ errors: unknown }>, two: Promise<{ errors: unknown }>) => {
    const answers = JSON.stringify((await one).errors);
    expect(answers).toContain('NOT_FOUND');
    expect(answers).toBe(JSON.stringify((await two).errors));
  };
  await same(publish(foreign, 1, OTHER_HQ), publish(unknown, 1, OTHER_HQ));
  await same(discard(foreign, 1, OTHER_HQ), discard(unknown, 1, OTHER_HQ));
  await same(save({ network: 'NET-agences' }, OTHER_HQ), save({ network: 'NET-nobody' }, OTHER_HQ));
  const mine = { network: 'NET-caisses', version: 1 };
  await same(save({ ...mine, draft: foreign }, OTHER_HQ), save({ ...mine, draft: unknown }, OTHER_HQ));
  const read = (id: string) => ask(OTHER_HQ, `{ resultDraft(id: "${id}") { id } }`);
  expect(await read(foreign)).toEqual({ data: { resultDraft: null } });
  expect(await read(foreign)).toEqual(await read(unknown));
  const list = (network: string) =>
    ask(OTHER_HQ, `{ resultDrafts(network: "${network}") { totalCount nodes { id } } }`);
  expect(await list('NET-agences')).toEqual({ data: { resultDrafts: { totalCount: 0, nodes: [] } } });
  expect(await list('NET-agences')).toEqual(await list('NET-nobody'));
  expect((await ask(DITP, `{ resultDraft(id: "${foreign}") { id } }`)).data.resultDraft).toEqual({
    id: foreign,
  });
});

test('drafts of a network, the latest first, with their results by pages', async () => {
  const { draft } = await save({ results: ['a1', 'a2', 'b1'].map((site) => result(site, '2013', '50')) });
  const first = await ask(
    HQ,
    '{ resultDrafts(network: "NET-agences", first: 1) { totalCount nodes { id results(first: 2) { totalCount nodes { rank siteId } pageInfo { endCursor } } } pageInfo { endCursor } } }',
  );
  const { nodes, totalCount, pageInfo } = first.data.resultDrafts;
  expect(nodes[0].id).toBe(draft.id);
  expect(nodes[0].results.nodes).toEqual([
    { rank: 0, siteId: 'SITE-a1' },
    { rank: 1, siteId: 'SITE-a2' },
  ]);
  const rest = await ask(
    HQ,
    'query ($a: String, $b: String, $id: ID!) { resultDrafts(network: "NET-agences", first: 100, after: $a) { nodes { id } } resultDraft(id: $id) { results(after: $b) { nodes { rank siteId } } } }',
    { a: pageInfo.endCursor, b: nodes[0].results.pageInfo.endCursor, id: draft.id },
  );
  expect(rest.data.resultDrafts.nodes).toHaveLength(totalCount - 1);
  expect(rest.data.resultDraft.results.nodes).toEqual([{ rank: 2, siteId: 'SITE-b1' }]);
});

test.each(['0000-01-01T00:00:00Z', '+275760-01-01T00:00:00Z', 'never'])(
  'a cursor forged over the moment %s is refused',
  async (at) => {
    const after = encodeCursor(JSON.stringify(['drafts', 'NET-agences']), [at, 'DRAFT-1']);
    const { errors } = await ask(
      HQ,
      `{ resultDrafts(network: "NET-agences", after: "${after}") { totalCount } }`,
    );
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  },
);

test.each(['0000', '0023', '0999-S1'])('the period %s is none: nobody could withdraw it', async (period) => {
  const { userErrors } = await save({ results: [result('a1', period, '50')] });
  expect(userErrors).toMatchObject([{ code: 'BAD_CODE', path: ['input', 'results', '0', 'period'] }]);
});

test('no SQL of the public, or of the agent of another network, sees a draft', async () => {
  await save({ results: [result('a1', '2012', '50')] });
  const pub = database.connect<IndicatorsTables>('indicators', 'public');
  const pool = database.connect<IndicatorsTables>('indicators', 'agent');
  const tables = ['result_draft', 'result_draft_row', 'audit'];
  for (const table of [...tables, 'idempotency', 'result']) {
    await expect(sql`select count(*) from ${sql.table(`indicators.${table}`)}`.execute(pub)).rejects.toThrow(
      /permission denied/,
    );
  }
  const seen = (of: Parameters<typeof agentOf>[1], table: string) =>
    agentOf(
      pool,
      of,
    )((trx) => sql`select network_id from ${sql.table(`indicators.${table}`)}`.execute(trx)).then(
      ({ rows }) => rows.length,
    );
  for (const table of tables) {
    expect(await seen(HQ, table), table).toBeGreaterThan(0);
    expect(await seen(OTHER_HQ, table), table).toBe(0);
    // A connection that stands for nobody.
    expect((await sql`select from ${sql.table(`indicators.${table}`)}`.execute(pool)).rows).toHaveLength(0);
    for (const change of [sql`delete from`, sql`truncate`]) {
      await expect(
        agentOf(pool, HQ)((trx) => sql`${change} ${sql.table(`indicators.${table}`)}`.execute(trx)),
      ).rejects.toThrow(/permission denied/);
    }
  }
});

test('an import and a publication at once take turns: both are there, the later one holds', async () => {
  const csv =
    'reseau;site;indicateur;periode;valeur\nagences;SITE-a1;IND-SATISFACTION;2009;10\nagences;SITE-a2;IND-SATISFACTION;2009;20';
  const { draft } = await save({ results: [result('a1', '2009', '30'), result('b1', '2009', '40')] });
  const [imported, published] = await Promise.all([
    importText(database.url, networkResults, csv),
    publish(draft.id, 1),
  ]);
  const later = Number(imported.publication) > published.publication ? '10' : '30';
  expect(await figure('DEP-01', '2009')).toBe(later === '10' ? '15' : '25');
  expect(await figure('DEP-38', '2009')).toBe('40');
});

test('while an import publishes for long, a publication waits a little, then says so', async () => {
  const { draft } = await save({ results: [result('a1', '2010', '50')] });
  const key = newKey();
  const importing = await owner.startTransaction().execute();
  await lockPublications(importing);
  expect(await publish(draft.id, 1, HQ, key)).toMatchObject({ error: 'TIMEOUT' });
  await importing.rollback().execute();
  expect(await publish(draft.id, 1, HQ, key)).toMatchObject({ inserted: 1 });
});

test('a connection that dies at the end of its work leaves nothing, and the request may be sent again', async () => {
  const { draft } = await save({ results: [result('a1', '2011', '50')] });
  const key = newKey();
  // Results are written and rolled up when the audit is: there it waits, and is killed.
  const blocked = await owner.startTransaction().execute();
  await sql`lock table indicators.audit in exclusive mode`.execute(blocked);
  const pending = publish(draft.id, 1, HQ, key);
  const login = new pg.Client({ connectionString: database.url });
  await login.connect();
  const kill = () =>
    login.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where wait_event_type = 'Lock' and datname = current_database() and query like '%insert into audit%'`);
  await expect.poll(async () => (await kill()).rows.length, { timeout: 4000 }).toBe(1);
  expect((await pending).error).toBe('INTERNAL');
  await blocked.rollback().execute();
  await login.end();
  expect(await figure('FR', '2011')).toBeUndefined();
  expect((await ask(HQ, `{ resultDraft(id: "${draft.id}") { state version } }`)).data.resultDraft).toEqual({
    state: 'DRAFT',
    version: 1,
  });
  const { rows } = await sql`select from indicators.import where file_name = ${draft.id}`.execute(owner);
  expect(rows).toHaveLength(0);
  expect(await publish(draft.id, 1, HQ, key)).toMatchObject({ inserted: 1 });
  expect(await figure('FR', '2011')).toBe('50');
});
