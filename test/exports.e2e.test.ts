import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { EXPORT_SETS } from '../kernel/export/sets.ts';
import { cellOf, csvRows, PARQUET_TYPES, type Row } from './kit/cells.ts';
import { ask, HUB_MODES, startedDatabase, startHub } from './kit/hub.ts';
import { createKey } from './kit/keys.ts';
import { readParquet } from './kit/parquet.ts';

const { url: databaseUrl, connect } = await startedDatabase();
const urls = await Promise.all(HUB_MODES.map(async (mode) => (await startHub(databaseUrl, { mode })).url));
const [together = '', apart = ''] = urls;

const NETWORK = 'NET-caf';
const keys = {
  anybody: undefined,
  PUBLIC: await createKey(databaseUrl, { role: 'PUBLIC' }),
  ANALYST: await createKey(databaseUrl, { role: 'ANALYST' }),
  LOCAL_REFERENT: await createKey(databaseUrl, {
    role: 'LOCAL_REFERENT',
    network: NETWORK,
    structure: 'STR-caf-62',
  }),
  SUPER_AGENT: await createKey(databaseUrl, { role: 'SUPER_AGENT', network: NETWORK }),
  NETWORK_HQ: await createKey(databaseUrl, { role: 'NETWORK_HQ', network: NETWORK }),
  MODERATOR: await createKey(databaseUrl, { role: 'MODERATOR' }),
  DITP: await createKey(databaseUrl, { role: 'DITP' }),
};
type Caller = keyof typeof keys;
const SETS = [...EXPORT_SETS.keys()];

const get = (path: string, caller: Caller = 'ANALYST', base = together, headers = {}) =>
  fetch(`${base}/export/${path}`, {
    headers: { ...(keys[caller] && { authorization: `Bearer ${keys[caller]}` }), ...headers },
  });
const textOf = async (path: string, caller: Caller = 'ANALYST', base = together) => {
  const response = await get(path, caller, base);
  expect(response.status, path).toBe(200);
  return response.text();
};

interface Listing {
  columns: { name: string; type: string }[];
  key: string[];
  publication: string;
  partitions: { filters: Record<string, string>; rows: number }[];
}
const listing = async (set: string) => (await (await get(set)).json()) as Listing;

/** As much of a set as is read cell by cell. */
const some = (set: string) => (set === 'results' ? '?networks=NET-caf,NET-pole-emploi&from=2021' : '');
/** As much of a set as is read part by part: each part is a request. */
const few = (set: string) =>
  ({
    results: some(set),
    figures: '?networks=NET-caf,NET-pole-emploi&from=2021',
    testimonies: '?publishedFrom=2025-01-01',
  })[set] ?? '';

describe.each(SETS)('%s', (set) => {
  test('says the same as CSV, NDJSON and Parquet, in one process and apart', async () => {
    const { columns, partitions } = await listing(set + some(set));
    const csv = await textOf(`${set}.csv${some(set)}`);
    const rows = csvRows(csv);
    expect(rows.length).toBeGreaterThan(10);
    expect(partitions.reduce((sum, part) => sum + part.rows, 0)).toBe(rows.length);
    expect(Object.keys(rows[0] ?? {})).toEqual(columns.map(({ name }) => name));

    const ndjson = (await textOf(`${set}.ndjson${some(set)}`)).split('\n').filter(Boolean);
    const parquet = await readParquet(
      new Uint8Array(await (await get(`${set}.parquet${some(set)}`)).arrayBuffer()),
    );
    expect(parquet.types).toEqual(
      Object.fromEntries(columns.map(({ name, type }) => [name, PARQUET_TYPES[type]])),
    );
    expect([ndjson.length, parquet.rows.length]).toEqual([rows.length, rows.length]);
    const plain = rows.map((row) =>
      columns.map(({ name, type }) => {
        const cell = row[name] ?? null;
        // What keeps a spreadsheet from running a text is CSV's alone.
        if (type === 'text' || type === 'texts') return cell?.replace(/^'(?='*[=+\-@\t\r])/, '') ?? null;
        return cellOf(type, cell);
      }),
    );
    const told = (other: Record<string, unknown>) =>
      JSON.stringify(columns.map(({ name, type }) => cellOf(type, other[name] ?? null)));
    const expected = plain.map((row) => JSON.stringify(row));
    expect(ndjson.map((line) => told(JSON.parse(line)))).toEqual(expected);
    expect(parquet.rows.map(told)).toEqual(expected);
    for (const format of ['csv', 'ndjson']) {
      const file = `${set}.${format}${some(set)}`;
      expect(await textOf(file, 'ANALYST', apart)).toBe(await textOf(file));
    }
  });

  test('is for those who may', async () => {
    const statuses = async (base: string) => {
      const found: Record<string, number> = {};
      for (const caller of Object.keys(keys) as Caller[]) {
        const response = await get(`${set}.csv`, caller, base);
        const text = await response.text();
        found[caller] = response.status;
        const code = response.status < 400 ? null : JSON.parse(text).errors[0].extensions.code;
        expect(code).toBe({ 401: 'UNAUTHENTICATED', 403: 'FORBIDDEN' }[response.status] ?? null);
      }
      return found;
    };
    const expected = {
      anybody: 401,
      PUBLIC: 403,
      ANALYST: 200,
      LOCAL_REFERENT: 403,
      SUPER_AGENT: 403,
      NETWORK_HQ: 200,
      MODERATOR: 403,
      DITP: 200,
    };
    expect(await statuses(together)).toEqual(expected);
    expect(await statuses(apart)).toEqual(expected);
    expect(await textOf(`${set}.csv`, 'DITP')).toBe(await textOf(`${set}.csv`));
  });

  test('gives a headquarters what is of its network, and nothing else', async () => {
    const name = set === 'testimonies' || set === 'reports' ? 'network' : 'networks';
    const own = await textOf(`${set}.csv`, 'NETWORK_HQ');
    expect(own).toBe(await textOf(`${set}.csv?${name}=${NETWORK}`));
    expect(own.length).toBeLessThan((await textOf(`${set}.csv`)).length);
    expect(await textOf(`${set}.csv?${name}=${NETWORK}`, 'NETWORK_HQ')).toBe(own);
    for (const other of ['NET-cpam', 'NET-none', `${NETWORK},NET-cpam`]) {
      expect((await get(`${set}.csv?${name}=${other}`, 'NETWORK_HQ')).status).toBe(403);
    }
  });

  test('goes on after any row, in the order of its key', async () => {
    const { key, publication } = await listing(set);
    const text = await textOf(`${set}.csv`);
    const rows = csvRows(text);
    for (const kept of [1, Math.floor(rows.length / 2), rows.length]) {
      const parameters = new URLSearchParams({ publication });
      for (const name of key) parameters.append('after', rows[kept - 1]?.[name] ?? '');
      const rest = await textOf(`${set}.csv?${parameters}`);
      const header = text.slice(0, text.indexOf('\n') + 1);
      expect(csvRows(header + rest)).toEqual(rows.slice(kept));
      expect(text.endsWith(rest)).toBe(true);
    }
    const stale = new URLSearchParams({ publication: '0' });
    for (const name of key) stale.append('after', rows[0]?.[name] ?? '');
    const refused = await get(`${set}.csv?${stale}`);
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({
      errors: [{ extensions: { code: 'CONFLICT', publication } }],
    });
  });

  test('its parts make the whole', async () => {
    const { partitions } = await listing(set + few(set));
    const parts: Row[] = [];
    for (const { filters, rows } of partitions) {
      const part = csvRows(await textOf(`${set}.csv?${new URLSearchParams(filters)}`));
      expect(part.length).toBe(rows);
      parts.push(...part);
    }
    // The parts come in an order of their own.
    const sorted = (rows: readonly Row[]) => rows.map((row) => JSON.stringify(row)).sort();
    expect(sorted(parts)).toEqual(sorted(csvRows(await textOf(`${set}.csv${few(set)}`))));
  });

  test('an answer that is held is not sent again', async () => {
    const first = await get(`${set}.csv`);
    await first.text();
    const tag = first.headers.get('etag') ?? '';
    const second = await get(`${set}.csv`, 'ANALYST', apart, { 'if-none-match': `"other", ${tag}` });
    expect([second.status, await second.text()]).toEqual([304, '']);
    const other = await get(`${set}.ndjson`, 'ANALYST', together, { 'if-none-match': tag });
    expect(other.status).toBe(200);
    await other.text();
    expect(first.headers.get('x-publication')).toBe((await listing(set)).publication);
    expect(first.headers.get('content-disposition')).toBe(`attachment; filename="${set}.csv"`);
  });
});

test('what is counted in the database is what leaves', async () => {
  const indicators = connect<unknown>('indicators', 'owner');
  const { rows } = await sql<{ results: string; total: string; withheld: string; figures: string }>`
    select (select count(*) from indicators.result where publication_to is null) as results,
           (select sum(value) from indicators.result where publication_to is null and suppressed is null) as total,
           (select count(*) from indicators.result where publication_to is null and suppressed is not null) as withheld,
           (select count(*) from indicators.figure where typology_id = '') as figures`.execute(indicators);
  const results = csvRows(await textOf('results.csv'));
  const micro = (value: string) => {
    const [whole = '', decimals = ''] = value.split('.');
    return BigInt(whole + decimals.padEnd(12, '0'));
  };
  const total = results.reduce((sum, row) => sum + (row['value'] ? micro(row['value']) : 0n), 0n);
  expect(total).toBe(micro(rows[0]?.total ?? ''));
  expect(String(results.length)).toBe(rows[0]?.results);
  const withheld = results.filter((row) => row['suppressed'] !== null);
  expect(String(withheld.length)).toBe(rows[0]?.withheld);
  expect(withheld.every((row) => row['value'] === null && row['respondents'] === null)).toBe(true);
  expect(String(csvRows(await textOf('figures.csv')).length)).toBe(rows[0]?.figures);
});

test('parameters select, and what is none of them or has a wrong value is refused', async () => {
  const rows = csvRows(
    await textOf(
      'results.csv?territory=DEP-62&subjects=SITE&from=2018&to=2018&networks=NET-pole-emploi,NET-caf',
    ),
  );
  expect(rows.every((row) => row['period_start'] === '2018-01-01' && row['subject_kind'] === 'SITE')).toBe(
    true,
  );
  expect(
    csvRows(await textOf('figures.csv?period=2022&levels=NATIONAL')).every(
      (row) => row['territory'] === 'FR',
    ),
  ).toBe(true);
  for (const path of [
    'results.csv?network=NET-caf',
    'results.csv?period=23',
    'figures.csv?levels=CITY',
    'results.csv?setting=RURAL,URBAN',
    'sites.csv?accessible=oui',
    'sites.csv?layout=open-data',
    'results.parquet?layout=open-data',
    'results.csv?networks=',
    'results.csv?after=x',
    'testimonies.csv?publishedFrom=2023-02-31',
    'results.csv?period=2022&period=2023',
    'results.csv?networks=%00',
  ]) {
    const response = await get(path);
    const { errors } = (await response.json()) as { errors: { extensions: { code: string } }[] };
    expect([path, response.status, errors[0]?.extensions.code]).toEqual([path, 400, 'BAD_USER_INPUT']);
  }
  for (const path of ['nothing.csv', 'results.xml', 'results.csv.gz', '..%2fresults.csv', 'contacts'])
    expect((await get(path)).status).toBe(404);
});

test.each([
  'setting=RURAL',
  'setting=URBAN',
  'setting=OVERSEAS',
  'density=SPARSE',
  'setting=RURAL&density=DENSE',
])('results of %s are those of the groups of the graph', async (parameters) => {
  const { setting, density } = Object.fromEntries(new URLSearchParams(parameters));
  const { data } = await ask<{ resultStats: { nodes: { results: number; withheld: number }[] } }>(
    together,
    `query ($filter: ResultFilter!) {
      resultStats(first: 100, filter: $filter, groupBy: [NETWORK, INDICATOR, PERIOD]) { nodes { results withheld } } }`,
    { filter: { networks: ['NET-caf', 'NET-pole-emploi'], period: '2023', setting, density } },
  );
  const expected = data.resultStats.nodes.reduce((sum, { results, withheld }) => sum + results + withheld, 0);
  const rows = csvRows(
    await textOf(`results.csv?networks=NET-caf,NET-pole-emploi&period=2023&${parameters}`),
  );
  expect(rows.filter((row) => row['is_unit'] === 'true').length).toBe(expected);
  expect(expected > 0).toBe(parameters !== 'setting=RURAL&density=DENSE');
});

test('lists of sites and structures are those of the graph', async () => {
  for (const [file, list] of [
    ['sites.csv?search=caisse%20arras', 'sites(filter: { search: "caisse arras" })'],
    ['sites.csv?search=%20', 'sites(filter: { search: " " })'],
    ['structures.csv?level=DEPARTEMENT', 'structures(level: DEPARTEMENT)'],
    ['structures.csv?rootsOnly=true', 'structures(rootsOnly: true)'],
  ] as const) {
    const graph = await ask<{ list: { totalCount: number } }>(together, `{ list: ${list} { totalCount } }`);
    const rows = csvRows(await textOf(file));
    expect([file, rows.length]).toEqual([file, graph.data.list.totalCount]);
    expect(rows.length, file).toBeGreaterThan(0);
  }
});

test('one at a time for each caller', async () => {
  const first = await get('results.csv', 'ANALYST');
  const second = await get('sites.csv', 'ANALYST');
  expect([first.status, second.status, second.headers.get('retry-after')]).toEqual([200, 429, '10']);
  await second.text();
  await first.text();
});

test('text is compressed for those who take it', async () => {
  const response = await get('sites.csv', 'ANALYST', apart, { 'accept-encoding': 'gzip' });
  expect(response.headers.get('content-encoding')).toBe('gzip');
  const text = await response.text();
  const plain = await get('sites.csv', 'ANALYST', apart, { 'accept-encoding': 'identity' });
  expect(plain.headers.get('content-encoding')).toBeNull();
  expect(text).toBe(await plain.text());
});
