import { expect, test } from 'vitest';
import { encodeCursor } from '../../../kernel/graphql/connection.ts';
import { askIndicators, on } from '../fixtures/ask.ts';

const ask = await askIndicators();

const FIELDS = `period totalCount nodes { rank value period site { id } structure { id } territory { id } provenance { file } }
  pageInfo { endCursor hasNextPage }`;
const ranking = async (network: string, args: string) => {
  const { data, errors } = await ask(on('Network', network, `ranking(${args}) { ${FIELDS} }`));
  expect(errors).toBeUndefined();
  return data._entities[0].ranking;
};
type Node = { rank: number; value: number; site: { id: string } | null };
const short = (page: { nodes: Node[] }) => page.nodes.map(({ rank, value, site }) => [rank, value, site?.id]);

test('sites by value, for the latest period that most have, with ranks shared by ties', async () => {
  const page = await ranking('NET-france-travail', 'indicator: "IND-SATISFACTION", orderBy: VALUE_DESC');
  expect(page).toMatchObject({ period: '2024', totalCount: 5, pageInfo: { hasNextPage: false } });
  expect(short(page)).toEqual([
    [1, 90, 'SITE-belley'],
    [2, 80, 'SITE-arras'],
    [2, 80, 'SITE-lille'],
    [4, 70, 'SITE-bapaume'],
    [5, 60, 'SITE-grenoble'],
  ]);
});

test.each(['VALUE_DESC', 'VALUE_ASC', 'RANK'])(
  'pages of two hold every site once, ties included: %s',
  async (order) => {
    const args = `indicator: "IND-SATISFACTION", orderBy: ${order}`;
    const all = short(await ranking('NET-france-travail', args));
    const found: unknown[] = [];
    let after = '';
    for (let page = 0; page < 3; page += 1) {
      const answer = await ranking('NET-france-travail', `${args}, first: 2${after}`);
      found.push(...short(answer));
      expect(answer.pageInfo.hasNextPage).toBe(page < 2);
      after = `, after: "${answer.pageInfo.endCursor}"`;
    }
    expect(found).toEqual(all);
  },
);

test('lower is better: rank 1 is the smallest value, in any order of the list', async () => {
  const args = 'indicator: "IND-DELAI-POLICE", period: "2024"';
  const best = short(await ranking('NET-police', args));
  expect(best).toEqual([
    [1, 12, 'SITE-p2'],
    [1, 12, 'SITE-p3'],
    [3, 15.47, 'SITE-p1'],
    [4, 20, 'SITE-p4'],
  ]);
  expect(short(await ranking('NET-police', `${args}, orderBy: VALUE_DESC`))).toEqual([
    best[3],
    best[2],
    best[0],
    best[1],
  ]);
});

test('within a région, a département or a commune, ranks are those of the ranking', async () => {
  const within = async (id: string) =>
    short(
      await ranking('NET-france-travail', `indicator: "IND-SATISFACTION", period: "2024", within: "${id}"`),
    );
  expect(await within('REG-32')).toEqual([
    [1, 80, 'SITE-arras'],
    [1, 80, 'SITE-lille'],
    [3, 70, 'SITE-bapaume'],
  ]);
  expect(await within('DEP-38')).toEqual([[1, 60, 'SITE-grenoble']]);
  expect(await within('COM-62080')).toEqual([[1, 70, 'SITE-bapaume']]);
  // Its site is in an arrondissement.
  for (const id of ['COM-59350', 'COM-59351']) expect(await within(id)).toEqual([[1, 80, 'SITE-lille']]);
  expect(await within('REG-99')).toEqual([]);
  expect(await within('FR')).toHaveLength(5);
});

test('the period of a ranking within a territory is the latest that most of its own units have', async () => {
  const page = await ranking('NET-france-travail', 'indicator: "IND-SATISFACTION", within: "DEP-62"');
  expect(page.period).toBe('2025');
  expect(short(page)).toEqual([
    [1, 78, 'SITE-arras'],
    [2, 75.25, 'SITE-bapaume'],
  ]);
});

test('structures and territories are ranked where they are the units', async () => {
  const { nodes } = await ranking('NET-caf', 'indicator: "IND-SATISFACTION", period: "2024"');
  expect(nodes).toMatchObject([
    { rank: 1, value: 66, site: null, structure: { id: 'STR-caf-62' }, territory: null },
    { rank: 2, value: 60, site: null, structure: null, territory: { id: 'DEP-59' } },
  ]);
});

test('withheld results are not ranked', async () => {
  const page = await ranking('NET-police', 'indicator: "IND-SATISFACTION", period: "2024"');
  expect(short(page).map(([, , id]) => id)).not.toContain('SITE-p4');
  expect(page.totalCount).toBe(page.nodes.length);
});

test('nothing published: an empty page; an unknown indicator: null', async () => {
  expect(await ranking('NET-caf', 'indicator: "IND-EFFORT"')).toMatchObject({
    period: null,
    totalCount: 0,
    nodes: [],
  });
  expect(await ranking('NET-caf', 'indicator: "IND-NONE"')).toBeNull();
});

test.each([
  ['first: 0', 'first: 0'],
  ['first: 101', 'first: 101'],
  ['a cursor of another order', `orderBy: VALUE_ASC, after: "${encodeCursor('other', ['1', 'SITE-a'])}"`],
  ['noise', 'after: "noise"'],
])('refuses %s', async (_case, args) => {
  const { errors } = await ask(
    on('Network', 'NET-caf', `ranking(indicator: "IND-SATISFACTION", ${args}) { totalCount }`),
  );
  expect(errors[0].extensions.code).toBe('BAD_USER_INPUT');
});

test.each([
  ['value', ["1'; drop table indicators.result; --", 'STR-caf-62', '2024', '1']],
  ['period', ['1', 'STR-caf-62', "2024'", '1']],
  ['definition', ['1', 'STR-caf-62', '2024', '1; drop table indicators.result']],
  ['nothing', ['1', 'STR-caf-62']],
])('a cursor sealed by somebody else still holds no SQL: %s', async (_case, key) => {
  const scope = { indicator: 'IND-SATISFACTION', within: null, period: null };
  const forged = encodeCursor(JSON.stringify(['ranking', 'NET-caf', scope, 'RANK']), key);
  const { errors } = await ask(
    on('Network', 'NET-caf', `ranking(indicator: "IND-SATISFACTION", after: "${forged}") { totalCount }`),
  );
  expect(errors[0].extensions.code).toBe('BAD_USER_INPUT');
});

test('the pages of a ranking are of the period of the first one, whatever is chosen meanwhile', async () => {
  const scope = { indicator: 'IND-SATISFACTION', within: 'DEP-62', period: null };
  const list = JSON.stringify(['ranking', 'NET-france-travail', scope, 'RANK']);
  const args = 'indicator: "IND-SATISFACTION", within: "DEP-62"';
  const after = encodeCursor(list, ['75', 'SITE-arras', '2024', '1']);
  expect((await ranking('NET-france-travail', args)).period).toBe('2025');
  const second = await ranking('NET-france-travail', `${args}, after: "${after}"`);
  expect(second).toMatchObject({ period: '2024', totalCount: 2 });
  expect(short(second)).toEqual([[2, 70, 'SITE-bapaume']]);
});
