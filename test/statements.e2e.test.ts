import { expect, test } from 'vitest';
import { ask, startedDatabase, startHub } from './kit/hub.ts';
import { countStatements } from './kit/statements.ts';

const hub = await startHub((await startedDatabase()).url);

const QUERY = `query ($territory: ID!, $network: ID!, $first: Int!) { territory(id: $territory) { name level
  figures(network: $network) { indicator { userTitle } value basis coverage { publishing expected } }
  sites(filter: { networks: [$network] }, first: $first) { totalCount nodes { name
    comparisons { indicator { userTitle } period local { value } departement { value } region { value }
      national { value basis } lowest { value } highest { value } rank of gapToNational } } } } }`;

interface Page {
  territory: { sites: { nodes: { comparisons: { local: { value: number } | null }[] }[] } };
}

const page = (network: string, first: number) =>
  countStatements(() => ask<Page>(hub.url, QUERY, { territory: 'DEP-62', network, first }));

test.each(['NET-caf', 'NET-france-travail', 'NET-gendarmerie'])(
  'a page of %s in a département costs the same statements for 2 sites and for 20, at most 12',
  async (network) => {
    const small = await page(network, 2);
    const large = await page(network, 20);
    expect(large.result.errors).toBeUndefined();
    expect(large.result.data.territory.sites.nodes.length).toBeGreaterThan(
      small.result.data.territory.sites.nodes.length,
    );
    expect(
      large.result.data.territory.sites.nodes.some(({ comparisons }) =>
        comparisons.some(({ local }) => local),
      ),
    ).toBe(true);
    expect(large.statements.length).toBe(small.statements.length);
    expect(large.statements.length).toBeLessThanOrEqual(12);
  },
);
