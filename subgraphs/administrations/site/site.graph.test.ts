import { expect, test } from 'vitest';
import { testDatabase } from '../../../test/kit/database.ts';
import { countStatements } from '../../../test/kit/statements.ts';
import { ask } from '../fixtures/ask.ts';
import { country, siteId } from '../fixtures/country.ts';
import { openAdministrations } from '../server.ts';
import type { AdministrationsDatabase } from '../tables.ts';

const database = await testDatabase();
await country().save(database.connect<AdministrationsDatabase>('administrations', 'owner'));
const subgraph = await openAdministrations({ statementTimeoutMs: 8000 }, database.url);

test('smoke', async () => {
  await subgraph.ready();
  const answer = await countStatements(() =>
    ask(
      subgraph,
      `{ territory(id: "COM-62080") { name parent { name parent { name } }
        sites(filter: { relation: SERVES }) { totalCount nodes { id name distanceKm service { kind } phones { value } network { name } source { source file row importedAt publishedOn } contactCompleteness { missing share } } }
        located: sites { totalCount nodes { name } }
        nearest: sites(filter: {relation: NEAREST, networks: ["NET-caf"]}) { totalCount nodes { name distanceKm } } } 
        paris: territory(id: "COM-75056") { sites(filter: {networks: ["NET-caf"], relation: SERVES}) { nodes { name service { kind distanceKm } } } located: sites { nodes { name } } }
        territories(search: "etoile en") { totalCount nodes { name code } }
        sites(near: {latitude: 50.1, longitude: 2.85, radiusKm: 100}) { totalCount nodes { name distanceKm } pageInfo { endCursor } }
        a: node(id: "NET-caf") { __typename id } b: node(id: "TEM-12") { __typename id }
        networks { name finestLevel predecessors { name } sites { totalCount } structures { totalCount } procedures { totalCount} commitments { wording } pivots { label } typologies { name} }
        }`,
    ),
  );
  console.log(JSON.stringify(answer, null, 1));
});
