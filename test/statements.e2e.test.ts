import { expect, test } from 'vitest';
import { ask, startedDatabase, startHub } from './kit/hub.ts';
import { countStatements } from './kit/statements.ts';

const hub = await startHub((await startedDatabase()).url);

const query = (figures: string) => `query ($territory: ID!, $network: ID!, $first: Int!) {
  territory(id: $territory) { name level ${figures}
    sites(filter: { networks: [$network] }, first: $first) { totalCount nodes { name
      comparisons { indicator { userTitle } period local { value } departement { value } region { value }
        national { value basis } lowest { value } highest { value } rank of gapToNational } } } } }`;

const SITES = query('');
/** As `OneGraph`: the figures of the territory run beside its sites, so batches may or may not meet. */
const ALL = query(
  'figures(network: $network) { indicator { userTitle } value basis coverage { publishing expected } }',
);

interface Page {
  territory: { sites: { nodes: { comparisons: { local: { value: number } | null }[] }[] } };
}

const page = (text: string, network: string, first: number) =>
  countStatements(() => ask<Page>(hub.url, text, { territory: 'DEP-62', network, first }));

test.each(['NET-caf', 'NET-france-travail', 'NET-gendarmerie'])(
  'a page of %s in a département costs the same statements for 2 sites and for 20',
  async (network) => {
    const small = await page(SITES, network, 2);
    const large = await page(SITES, network, 20);
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
  },
);

test.each([2, 20, 100])(
  'with the figures of the territory, %i sites cost at most 12 statements',
  async (first) => {
    const { result, statements } = await page(ALL, 'NET-gendarmerie', first);
    expect(result.errors).toBeUndefined();
    expect(result.data.territory.sites.nodes.length).toBe(Math.min(first, 52));
    expect(statements.length).toBeLessThanOrEqual(12);
  },
);
