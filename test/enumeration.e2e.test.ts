import { describe, expect, test } from 'vitest';
import { readConfig } from '../kernel/config.ts';
import { INTERNAL, PUBLIC } from './access/contracts.ts';
import { coordinatesOf } from './access/coordinates.ts';
import { askAt, type Desk } from './access/desk.ts';
import { type Cell, readMatrix } from './access/matrix.ts';
import { selectionOf } from './access/observe.ts';
import { placeRows } from './access/placed.ts';
import { documentOf } from './access/route.ts';
import { routesOf } from './access/routes.ts';
import { blank, fill, NETWORKS, type View } from './access/samples.ts';
import { NOBODY, openWorld } from './access/world.ts';
import { startedDatabase, startHub } from './kit/hub.ts';
import { CALLERS, type Caller, OTHER_NETWORK, OWN_NETWORK, rolesOf } from './kit/roles.ts';
import { countStatements } from './kit/statements.ts';

const { url: databaseUrl } = await startedDatabase();
// With the headers that say what an operation costs.
const { url } = await startHub(databaseUrl, {
  gateway: { costs: { ...readConfig({}).costs, perMinute: 0 } },
});
const keys = await rolesOf(databaseUrl);
const world = await openWorld(url, keys, await placeRows(databaseUrl));
const routes = routesOf(INTERNAL, PUBLIC);
const matrix = readMatrix();

const deskOf = (caller: Caller): Desk => ({
  url,
  key: keys[caller],
  whole: INTERNAL,
  open: PUBLIC,
  routes,
  views: world(caller),
});

/** An answer without what was asked about, and the work of the database for it, that of keys left out. */
async function tell(desk: Desk, document: string, view: View) {
  const { result, statements, control } = await countStatements(() => askAt(desk, document, view));
  return {
    status: result.status,
    headers: result.headers,
    text: blank(result.text, desk.views, view),
    statements: statements.filter((text) => !/\bgateway\b/.test(text)),
    control: control.length,
  };
}

/** Root fields that lead to what is not published, with one cell of the matrix for a caller. */
const rootFields = (caller: Caller, cell: Cell) =>
  coordinatesOf(INTERNAL, PUBLIC).filter(
    ({ name, type, kind }) =>
      kind === 'field' && ['Query', 'Mutation'].includes(type) && matrix.get(name)?.[caller] === cell,
  );

const rooted = (cell: Cell) =>
  CALLERS.flatMap((caller) => rootFields(caller, cell).map((field) => ({ caller, field, name: field.name })));

describe('what is of another network is answered like what does not exist, after the same statements', () => {
  test.each(rooted('own'))('$name, $caller', async ({ caller, field }) => {
    const desk = deskOf(caller);
    const root = field.type === 'Query' ? 'query' : 'mutation';
    const document = documentOf({ root, steps: [] }, selectionOf(desk, field));
    // Once before: what a process learns at its first request is not part of the comparison.
    await tell(desk, document, 'unknown');
    expect(await tell(desk, document, 'other')).toEqual(await tell(desk, document, 'unknown'));
  });
});

describe('what a role may not ask at all is refused before anything is looked up', () => {
  test.each(rooted('forbidden'))('$name, $caller', async ({ caller, field }) => {
    const desk = deskOf(caller);
    const root = field.type === 'Query' ? 'query' : 'mutation';
    const document = documentOf({ root, steps: [] }, selectionOf(desk, field));
    const own = await tell(desk, document, 'own');
    expect(own).toMatchObject({ statements: [], control: 0 });
    expect(own).toEqual(await tell(desk, document, 'unknown'));
  });
});

describe('node and nodes know nothing that is not published', () => {
  const document = (id: string) =>
    `{ node(id: "${id}") { id __typename } nodes(ids: ["${id}", "DEP-62"]) { id __typename } }`;
  const draft = world('NETWORK_HQ').draft ?? { own: '', other: '', unknown: '' };

  test.each(CALLERS)('%s', async (caller) => {
    const told = async (id: string) => {
      const { result, statements } = await countStatements(() => askAt(deskOf(caller), document(id)));
      return {
        text: result.text.replaceAll(id, '…'),
        statements: statements.filter((text) => !/\bgateway\b/.test(text)),
      };
    };
    await told(NOBODY);
    const unknown = await told(NOBODY);
    expect(JSON.parse(unknown.text)).toEqual({
      data: { node: null, nodes: [null, { id: 'DEP-62', __typename: 'Territory' }] },
    });
    expect(await told(draft.own)).toEqual(unknown);
    expect(await told(draft.other)).toEqual(unknown);
    // An audit has no id of its own: those of its entries and its network's with another prefix are nothing.
    for (const id of [OWN_NETWORK, OTHER_NETWORK].map((network) => network.replace('NET-', 'AUDIT-')))
      expect((await told(id)).text).toBe(unknown.text);
  });
});

test('a headquarters that names no network is told of its own', async () => {
  const desk = deskOf('NETWORK_HQ');
  const list = (network: string) => `{ imports(first: 100${network}) { totalCount nodes { id } } }`;
  const own = await askAt(desk, list(`, network: "${OWN_NETWORK}"`));
  const other = await askAt(deskOf('ANALYST'), list(`, network: "${OTHER_NETWORK}"`));
  expect(await askAt(desk, list(''))).toEqual(own);
  const idsOf = ({ data }: typeof own) =>
    (data as { imports: { nodes: { id: string }[] } }).imports.nodes.map(({ id }) => id);
  expect(idsOf(other).length).toBeGreaterThan(0);
  expect(idsOf(own).filter((id) => idsOf(other).includes(id))).toEqual([]);
});

test('what is prepared shows in no list that anybody reads', async () => {
  const ranked = async (period: string) => {
    const { data } = await askAt(
      deskOf('anonymous'),
      `{ network(id: "${OWN_NETWORK}") { ranking(indicator: "IND-SATISFACTION", period: "${period}") { nodes { value } } } }`,
    );
    return data;
  };
  // 2015 and 2016 were published on two structures, 2012 to 2014 are drafts; the demonstration begins in 2018.
  expect(await ranked('2016')).toEqual({ network: { ranking: { nodes: [{ value: 50 }, { value: 50 }] } } });
  for (const period of ['2012', '2013', '2014'])
    expect(await ranked(period)).toEqual({ network: { ranking: { nodes: [] } } });
});

test('the comparison can tell two answers apart', async () => {
  const desk = deskOf('NETWORK_HQ');
  const document = '{ resultDraft(id: "{draft}") { id } }';
  expect(fill(document, desk.views, 'own')).not.toBe(fill(document, NETWORKS, 'own'));
  expect(await tell(desk, document, 'own')).not.toEqual(await tell(desk, document, 'unknown'));
});
