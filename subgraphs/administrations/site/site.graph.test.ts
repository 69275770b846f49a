import { afterAll, expect, test } from 'vitest';
import { testDatabase } from '../../../test/kit/database.ts';
import { countStatements } from '../../../test/kit/statements.ts';
import { type AskedPage, ask } from '../fixtures/ask.ts';
import { country, siteId } from '../fixtures/country.ts';
import { openAdministrations } from '../server.ts';
import type { AdministrationsDatabase } from '../tables.ts';

const database = await testDatabase();
const story = country()
  .alias('SITE-former', siteId('1'))
  .structure('STR-100', { network_id: 'NET-france-travail', name: 'Agence de Bapaume' })
  .link('STR-100', siteId('1'))
  .commitment('COMMITMENT-E2', { version: '2024', position: 2 })
  .display('DISPLAY-1', {
    network_id: 'NET-france-travail',
    commitment_id: 'COMMITMENT-E2',
    site_id: siteId('1'),
  })
  .competence('NET-france-travail', 'COM-62001', siteId('1'))
  .contact(siteId('1'), {
    directions: 'À deux pas de la gare',
    opening: [
      { channel: 'PHONE', kind: 'QUIET', days: [1, 3], opens: '14:00', closes: '16:00', comment: null },
    ],
    mediators: [{ name: 'Médiateur', role: 'Recours', phone: null, email: 'm@ft.fr', website: null }],
    support: [{ kind: 'LANGUAGE', description: 'Accueil en anglais', languages: ['en'] }],
    import_row: 3,
  });
for (let index = 100; index < 200; index += 1) {
  story.site(siteId(String(index)), {
    name: `Mairie n° ${index}`,
    commune_id: 'COM-62041',
    network_id: index % 2 ? 'NET-caf' : 'NET-france-travail',
    pivot: index % 3 ? 'mairie' : 'tresorerie',
    latitude: 50.29 + index / 10_000,
    longitude: 2.78,
  });
}
await story.save(database.connect<AdministrationsDatabase>('administrations', 'owner'));
const subgraph = await openAdministrations({ statementTimeoutMs: 8000 }, database.url);
afterAll(() => subgraph.close());

/** The sites of a territory, as the tests below ask for them. */
interface TerritorySites {
  territory: { sites: AskedPage<{ name: string; service: { kind: string } }> };
}

const FIELDS = `id name sourceCommuneCode pivots validFrom validTo distanceKm service { kind distanceKm }
  network { id code name } territory { id name parent { id } } pivot { code label network { id } }
  structure { id name network { id } source { file } } structures { confidence method since structure { id } }
  address { lines postalCode city country } postalAddress { city } location { latitude longitude } directions
  phones { value purpose } emails { value purpose } website websites { url purpose }
  openingHours { channel kind days opens closes comment } openingNote mediators { name role phone email website }
  support { kind description languages } accessibility { level note } information siren siret
  contactCompleteness { present missing share } displays { id place commitment { code } network { id } site { id } }
  serves { id } source { source file license importedAt publishedOn row } contactSource { row }`;

test('everything that is known of a site, by a former id too', async () => {
  const { data, errors } = await ask(subgraph, `{ site(id: "SITE-former") { ${FIELDS} } }`);
  expect(errors).toEqual([]);
  expect(data.site).toMatchObject({
    id: siteId('1'),
    name: 'Pôle emploi de Bapaume',
    sourceCommuneCode: '62080',
    distanceKm: null,
    service: null,
    network: { code: 'france-travail' },
    territory: { name: 'Bapaume', parent: { id: 'DEP-62' } },
    pivot: { code: 'pole_emploi', label: 'pole_emploi', network: { id: 'NET-france-travail' } },
    structure: { id: 'STR-100', name: 'Agence de Bapaume', source: { file: 'seed.json' } },
    structures: [{ confidence: 'CERTAIN', structure: { id: 'STR-100' } }],
    address: { lines: ['1 rue de la Gare'], postalCode: '62450', city: 'Bapaume', country: null },
    postalAddress: null,
    location: { latitude: 50.1021, longitude: 2.8512 },
    directions: 'À deux pas de la gare',
    phones: [{ value: '3949', purpose: null }],
    website: 'https://www.francetravail.fr',
    openingHours: [
      { channel: 'PHONE', kind: 'QUIET', days: ['MONDAY', 'WEDNESDAY'], opens: '14:00', closes: '16:00' },
    ],
    mediators: [{ name: 'Médiateur', email: 'm@ft.fr' }],
    support: [{ kind: 'LANGUAGE', languages: ['en'] }],
    accessibility: { level: 'ACCESSIBLE', note: null },
    contactCompleteness: {
      present: ['PHONES', 'ADDRESS', 'DIRECTIONS', 'PHONE_QUIET_HOURS', 'MEDIATORS'],
      share: 0.385,
    },
    displays: [{ place: 'RECEPTION', commitment: { code: 'E2' }, site: { id: siteId('1') } }],
    serves: [{ id: 'COM-62001' }],
    source: {
      source: 'France Travail',
      file: 'seed.json',
      license: 'Licence Ouverte 2.0',
      importedAt: '2026-01-03T10:00:00.000Z',
      publishedOn: '2025-06-01',
      row: 12,
    },
    contactSource: { row: 3 },
  });
});

test('what nobody said is null or empty, and breaks nothing', async () => {
  const { data, errors } = await ask(subgraph, `{ site(id: "${siteId('5')}") { ${FIELDS} } }`);
  expect(errors).toEqual([]);
  expect(data.site).toMatchObject({
    network: null,
    structure: null,
    structures: [],
    address: null,
    phones: [],
    website: null,
    openingHours: [],
    accessibility: null,
    serves: null,
    contactSource: null,
    contactCompleteness: { present: [], share: 0 },
    source: { source: 'DILA', publishedOn: '2026-01-02', row: null },
  });
});

test.each(['SITE-unknown', 'NET-caf', 'nothing', '', "SITE-1' or 1=1"])(
  'site %j: null, no error',
  async (id) => {
    const { data, errors } = await ask(subgraph, 'query ($id: ID!) { site(id: $id) { id } }', { id });
    expect({ data, errors }).toEqual({ data: { site: null }, errors: [] });
  },
);

test('a page of 100 sites takes the statements of a page of one, every field asked', async () => {
  const count = async (first: number) => {
    const { result, statements } = await countStatements(() =>
      ask<TerritorySites>(
        subgraph,
        `{ territory(id: "COM-62041") { sites(first: ${first}) { totalCount nodes { ${FIELDS} } } } }`,
      ),
    );
    expect(result.errors).toEqual([]);
    expect(result.data.territory.sites.nodes).toHaveLength(first);
    return statements.length;
  };
  expect(await count(100)).toBe(await count(1));
  expect(await count(100)).toBeLessThanOrEqual(12);
});

test('serving sites of many communes take the statements of one', async () => {
  const count = async (first: number) => {
    const { result, statements } = await countStatements(() =>
      ask(
        subgraph,
        `{ territory(id: "DEP-62") { children(first: ${first}) { nodes { name sites(filter: { relation: SERVES }) {
          totalCount nodes { name distanceKm service { kind } network { name } phones { value } } } } } } }`,
      ),
    );
    expect(result.errors).toEqual([]);
    return statements.length;
  };
  expect(await count(3)).toBe(await count(1));
  expect(await count(3)).toBe(5);
});

test.each([
  ['SERVES', 'COM-62001', [['Pôle emploi de Bapaume', 'COMPETENT']]],
  ['SERVES', 'COM-62900', [['Pôle emploi de Bapaume', 'NEAREST']]],
  ['SERVES', 'REG-11', []],
  ['LOCATED', 'DEP-62', [['Pôle emploi de Bapaume', 'LOCATED']]],
  ['NEAREST', 'COM-75101', [['Pôle emploi de Bapaume', 'NEAREST']]],
])('%s %s says why each site is there', async (relation, id, expected) => {
  const { data } = await ask<TerritorySites>(
    subgraph,
    `query ($id: ID!, $relation: SiteRelation) { territory(id: $id) {
      sites(filter: { networks: ["NET-france-travail"], search: "bapaume", relation: $relation }) {
        totalCount nodes { name service { kind } } } } }`,
    { id, relation },
  );
  const { nodes, totalCount } = data.territory.sites;
  expect(nodes.map(({ name, service }) => [name, service.kind])).toEqual(expected);
  expect(totalCount).toBe(expected.length);
});

test('a filter by network leaves a commune its competent or nearest site', async () => {
  const { data } = await ask<TerritorySites>(
    subgraph,
    `{ territory(id: "COM-62001") { sites(filter: { networks: ["NET-france-travail", "NET-caf"], relation: SERVES }) {
      nodes { network { id } service { kind } } } } }`,
  );
  expect(data.territory.sites.nodes).toHaveLength(2);
  expect(data.territory.sites.nodes).toContainEqual({
    network: { id: 'NET-france-travail' },
    service: { kind: 'COMPETENT' },
  });
  expect(data.territory.sites.nodes).toContainEqual({
    network: { id: 'NET-caf' },
    service: { kind: 'NEAREST' },
  });
});

const LISTS: [list: string, field: string][] = [
  ['all, by name', 'sites(ARGS)'],
  ['all, from Z to A', 'sites(orderBy: NAME_DESC, ARGS)'],
  ['around a position', 'sites(near: { latitude: 50.2, longitude: 2.8, radiusKm: 30 }, ARGS)'],
  ['in a territory', 'sites(within: "DEP-62", filter: { pivots: ["tresorerie"] }, ARGS)'],
];

test.each(LISTS)('pages put together are the whole list: %s', async (_case, list) => {
  const page = async (args: string) =>
    (
      await ask<{ sites: AskedPage }>(
        subgraph,
        `{ sites: ${list.replace('ARGS', args)} { totalCount nodes { id } edges { cursor }
          pageInfo { endCursor startCursor hasNextPage hasPreviousPage } } }`,
      )
    ).data.sites;
  const whole = await page('first: 100');
  const walked: string[] = [];
  let after = '';
  for (let more = true; more; ) {
    const { nodes, edges, pageInfo, totalCount } = await page(`first: 17${after && `, after: "${after}"`}`);
    walked.push(...nodes.map(({ id }) => id));
    expect(pageInfo.endCursor).toBe(edges.at(-1)?.cursor);
    expect(pageInfo.hasPreviousPage).toBe(after !== '');
    expect(totalCount).toBe(whole.totalCount);
    ({ endCursor: after, hasNextPage: more } = pageInfo);
  }
  expect(walked).toHaveLength(whole.totalCount);
  expect(new Set(walked).size).toBe(walked.length);
  expect(walked.slice(0, 100)).toEqual(whole.nodes.map(({ id }) => id));
});

test.each([
  ['first: 0', 'sites(first: 0)'],
  ['first: 101', 'sites(first: 101)'],
  ['a made-up cursor', 'sites(after: "abc")'],
  ['NUL in a search', 'sites(filter: { search: "a\\u0000" })'],
  ['a bidirectional control', 'sites(within: "\\u202e")'],
  ['a relation without a territory', 'sites(filter: { relation: SERVES })'],
  ['a distance without a position', 'sites(filter: { withinKm: 3 })'],
  ['an order by distance without a position', 'sites(orderBy: DISTANCE_ASC)'],
  ['a position off the globe', 'sites(near: { latitude: 91, longitude: 0 })'],
  ['an endless radius', 'sites(near: { latitude: 0, longitude: 0, radiusKm: 501 })'],
])('%s is refused before any statement', async (_case, field) => {
  const { result, statements } = await countStatements(() => ask(subgraph, `{ ${field} { nodes { id } } }`));
  expect(result.errors.map(({ code }) => code)).toEqual(['BAD_USER_INPUT']);
  expect(statements).toEqual([]);
});

test('half of a surrogate pair, which only JSON can hold, is refused', async () => {
  const { errors } = await ask(
    subgraph,
    'query ($ids: [ID!]) { sites(filter: { networks: $ids }) { nodes { id } } }',
    {
      ids: ['\ud800'],
    },
  );
  expect(errors.map(({ code }) => code)).toEqual(['BAD_USER_INPUT']);
});

test('a cursor of another list is refused', async () => {
  const { data } = await ask<{ sites: AskedPage }>(
    subgraph,
    '{ sites(first: 1) { pageInfo { endCursor } } }',
  );
  const { endCursor } = data.sites.pageInfo;
  const { errors } = await ask(
    subgraph,
    `{ sites(first: 1, orderBy: NAME_DESC, after: "${endCursor}") { nodes { id } } }`,
  );
  expect(errors.map(({ code }) => code)).toEqual(['BAD_USER_INPUT']);
});
