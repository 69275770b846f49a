import type { Config } from '../kernel/config.ts';

/** Three queries to paste, whose answers are real published facts or, where said, demonstration data. */
export const FIRST_QUERIES: readonly { about: string; query: string }[] = [
  {
    about: 'Pôle emploi de Bapaume in 2018, as the programme’s press kit shows it (real)',
    query:
      '{ site(id: "SITE-528ec072-1427-5e8a-b747-131251cdaea3") { name comparison(indicator: "IND-PE-SATISFACTION", period: "2018") { local { value } lowest { value } highest { value } national { value } gapToNational } } }',
  },
  {
    about: 'Transparency of the Pas-de-Calais in 2022, from the State’s barometer (real)',
    query:
      '{ transparency(territory: "DEP-62", period: "2022") { rate basis provenance { source file row license } } }',
  },
  {
    about:
      'Services that a resident of Bapaume depends on, and how they compare (real sites, demonstration results)',
    query:
      '{ territory(id: "COM-62080") { name sites(filter: { networks: ["NET-caf", "NET-france-travail"], relation: SERVES }) { nodes { name distanceKm comparisons(family: SATISFACTION) { indicator { userTitle } period local { value } national { value basis } gapToNational } } } } }',
  },
];

/** What the first screen says once the hub answers. */
export function welcome(url: string, config: Config): string {
  return [
    '',
    '  Services Publics+ Hub is ready.',
    '',
    `  Explore   ${url}/          GraphiQL, offline, with example queries in its tabs`,
    `  GraphQL   ${url}/graphql`,
    `  Portals   ${url}/q         the operations above by their hash, cacheable (README: Call it as a portal)`,
    '  Keys      npm run -s hub -- key create --role NETWORK_HQ --network NET-caf --label "…"   to write and see drafts',
    `  Data      ${config.databaseUrl ? 'the PostgreSQL of DATABASE_URL' : `${config.dataDir}/ (embedded PostgreSQL; keep it to keep your data)`}`,
    config.demo
      ? '  Results of sites are DEMONSTRATION data (HUB_DEMO=off starts without); sites and barometer are real.'
      : '  No demonstration data: import your own with npm run hub -- import <feed> <file>.',
    '',
    '  Three queries to paste:',
    ...FIRST_QUERIES.flatMap(({ about, query }) => ['', `  # ${about}`, `  ${query}`]),
    '',
    '  Ctrl-C stops everything.',
    '',
  ].join('\n');
}
