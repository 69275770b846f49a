import { expect, test } from 'vitest';
import { countStatements } from '../../test/kit/statements.ts';
import { askIndicators } from './fixtures/ask.ts';

const ask = await askIndicators();

const MAPS = (args: string) => `query ($of: [_Any]!) { _entities(representations: $of) { ... on Network {
  figures(indicator: "IND-SATISFACTION", level: REGION, first: 100${args}) {
    period nodes { territory { id } value basis respondents } } } } }`;
const NETWORKS = ['NET-caf', 'NET-france-travail', 'NET-crous', 'NET-police', 'NET-msa'];
const PAGE = `query ($of: [_Any]!) { _entities(representations: $of) { ... on Site {
  comparisons { indicator { userTitle } period local { value } departement { value } region { value }
    national { value territory { id } } lowest { value site { id } } highest { value respondents } median } } } }`;
const SITES = ['SITE-bapaume', 'SITE-arras'];

const references = (type: string, ids: readonly string[]) => ids.map((id) => ({ __typename: type, id }));

test.each([
  ['maps of a period: places and indicator', MAPS(', period: "2024"'), references('Network', NETWORKS), 3, 1],
  ['maps of the latest period', MAPS(''), references('Network', NETWORKS), 4, 2],
  ['pages of sites: the nation, the extremes and the indicators', PAGE, references('Site', SITES), 3, 1],
])('what is the same for all is read once between publications: %s', async (what, query, of, all, kept) => {
  const { data, errors } = await ask(query, { of });
  expect(errors).toBeUndefined();
  expect(JSON.stringify(data)).toMatch(/"value":\d/);
  // A gateway has seen one publication, then another; a request from before that one comes late.
  for (const [since, statements] of [
    [1, all],
    [1, kept],
    [2, all],
    [1, all],
    [2, kept],
  ] as const) {
    const asked = await countStatements(() => ask(query, { of }, { seen: { gateway: what, since } }));
    expect(asked.result).toEqual({ data });
    expect(asked.statements, `${since}`).toHaveLength(statements);
  }
});
