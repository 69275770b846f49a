import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, isEnumType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';
import { describe, expect, test } from 'vitest';
import { CONTRACT_FOLDER } from '../cli/compose.ts';

/**
 * What consumers write against: the names and types of the first contract that concern administrations and
 * indicators. Additions are free; what is listed here stays. Where the contract was changed on purpose, the
 * decision is named.
 */
const schema = buildSchema(readFileSync(join(CONTRACT_FOLDER, 'internal.graphql'), 'utf8'));

/** One line per field, as it is written in the contract: `name(argument: Type, …): Type`. */
const OBJECTS: Readonly<Record<string, string>> = {
  Query: `
    territory(id: ID!): Territory
    territories(search: String, level: TerritoryLevel, postalCode: String, parent: ID, first: Int, after: String): TerritoryConnection
    network(id: ID!): Network
    networks: [Network!]
    structure(id: ID!): Structure
    structures(first: Int, after: String): StructureConnection
    site(id: ID!): Site
    sites(near: Near, filter: SiteFilter, first: Int, after: String): SiteConnection
    commitments(version: ID): [Commitment!]
    indicator(id: ID!): Indicator
    indicators(first: Int, after: String): IndicatorConnection
    transparency(territory: ID!, period: String): Transparency
    compareNetworks(indicator: ID!, networks: [ID!]!, territory: ID, period: String): [NetworkFigure!]
    imports(network: ID): ImportConnection
    node(id: ID!): Node
    nodes(ids: [ID!]!): [Node]`,
  Territory: `
    id: ID!
    level: TerritoryLevel!
    code: String!
    name: String!
    population: Int
    postalCodes: [String!]!
    center: GeoPoint
    parent: Territory
    ancestors: [Territory!]!
    children(first: Int, after: String): TerritoryConnection!
    sites(filter: SiteFilter, first: Int, after: String): SiteConnection!
    figures(indicators: [ID!], network: ID, period: String): [Figure!]
    transparency(period: String): Transparency
    validTo: Date
    mergedInto: Territory`,
  // finestLevel: docs/decisions/0003-finest-level.md.
  Network: `
    id: ID!
    code: String!
    name: String!
    ministry: Ministry
    finestLevel: PublicationLevel!
    validFrom: Date
    validTo: Date
    successor: Network
    commitments: [NetworkCommitment!]!
    structures(first: Int, after: String): StructureConnection!
    sites(filter: SiteFilter, first: Int, after: String): SiteConnection!
    indicators(family: IndicatorFamily): [Indicator]
    figure(indicator: ID!, territory: ID, period: String): Figure
    figures(indicator: ID!, level: TerritoryLevel!, within: ID, period: String, orderBy: FigureOrder, first: Int, after: String): FigureConnection
    ranking(indicator: ID!, within: ID, period: String, orderBy: FigureOrder, first: Int, after: String): ResultConnection
    completeness(period: String): Completeness`,
  Structure: `
    id: ID!
    code: String!
    name: String!
    network: Network
    typology: Typology
    parent: Structure
    children: [Structure!]!
    sites: [Site!]!
    territory: Territory`,
  Site: `
    id: ID!
    name: String!
    network: Network
    structure: Structure
    territory: Territory
    address: Address
    location: GeoPoint
    phones: [Phone!]!
    emails: [Email!]!
    openingHours: [OpeningPeriod!]!
    accessibility: Accessibility
    website: URL
    directions: String
    mediators: [Contact!]!
    support: [SupportOffer!]!
    contactCompleteness: ContactCompleteness!
    serves: [Territory!]
    distanceKm: Float
    source: Provenance!
    comparison(indicator: ID!, period: String): Comparison
    comparisons(family: IndicatorFamily, period: String): [Comparison!]`,
  Phone: 'value: String!',
  Commitment: 'id: ID!\n code: String!\n title: String!',
  Procedure: `
    id: ID!
    name: String!
    network: Network
    flagship: Boolean!
    announcedDelays(territory: ID, channel: Channel): [AnnouncedDelay!]!
    onlineQuality(period: String): Figure`,
  // Items of a list of foreign entities are nullable.
  Indicator: `
    id: ID!
    title: String!
    userTitle: String!
    question: String
    family: IndicatorFamily!
    unit: Unit!
    direction: Direction!
    frequency: Frequency
    network: Network
    coreIndicator: Indicator
    comparability: Comparability
    formula: String
    methods: String
    commitments: [Commitment]
    version: Int!
    series(scope: FigureScope!, from: String, to: String): [Figure!]!`,
  // basis, coverage and provenance are nullable: docs/decisions/0006-reading-indicators.md.
  Figure: `
    indicator: Indicator!
    network: Network
    territory: Territory
    structure: Structure
    site: Site
    period: String!
    value: Float
    unit: Unit!
    basis: FigureBasis
    numerator: Float
    denominator: Float
    respondents: Int
    distribution: Distribution
    coverage: Coverage
    interval: Interval
    suppressed: SuppressionReason
    seriesBreak: SeriesBreak
    inheritedFrom: Territory
    explain: FigureExplanation
    provenance: Provenance`,
  Comparison: `
    indicator: Indicator!
    period: String!
    local: Figure
    departement: Figure
    region: Figure
    national: Figure
    lowest: Figure
    highest: Figure
    median: Float
    rank: Int
    of: Int
    gapToDepartement: Float
    gapToRegion: Float
    gapToNational: Float
    betterThanNational: Boolean
    gapSignificant: Boolean
    target: Float
    evolution(from: String, to: String, scope: TerritoryLevel): [Figure!]!`,
  Provenance: `
    source: String!
    file: String
    license: String
    importedAt: DateTime!
    publishedOn: Date
    row: Int`,
  Coverage: 'publishing: Int!\n expected: Int!',
  Completeness: 'publishing: Int!\n expected: Int!\n stale: Int!\n missing: PublishingUnitConnection',
  Transparency: 'rate: Float\n basis: FigureBasis\n byNetwork: [NetworkTransparency!]',
  NetworkTransparency: 'network: Network\n rate: Float\n publishing: Int\n expected: Int',
  NetworkFigure: 'network: Network\n value: Float\n respondents: Int\n suppressed: SuppressionReason',
  Result: 'site: Site\n structure: Structure\n value: Float',
  FigureConnection: 'totalCount: Int!\n nodes: [Figure!]!\n pageInfo: PageInfo!\n period: String',
  ResultConnection: 'totalCount: Int!\n nodes: [Result!]!\n pageInfo: PageInfo!\n period: String',
  TerritoryConnection:
    'totalCount: Int!\n nodes: [Territory!]!\n edges: [TerritoryEdge!]!\n pageInfo: PageInfo!',
  StructureConnection:
    'totalCount: Int!\n nodes: [Structure!]!\n edges: [StructureEdge!]!\n pageInfo: PageInfo!',
  SiteConnection: 'totalCount: Int!\n nodes: [Site!]!\n edges: [SiteEdge!]!\n pageInfo: PageInfo!',
  PageInfo: 'hasNextPage: Boolean!\n hasPreviousPage: Boolean!\n startCursor: String\n endCursor: String',
  GeoPoint: 'latitude: Float!\n longitude: Float!',
};

const INPUTS: Readonly<Record<string, string>> = {
  Near: 'latitude: Float!\n longitude: Float!\n radiusKm: Float',
  SiteFilter: 'networks: [ID!]\n pivots: [String!]\n relation: SiteRelation',
  FigureScope: 'network: ID\n territory: ID\n structure: ID\n site: ID',
};

const ENUMS: Readonly<Record<string, string>> = {
  TerritoryLevel: 'COMMUNE DEPARTEMENT REGION NATIONAL',
  PublicationLevel: 'SITE DEPARTEMENT REGION NATIONAL',
  FigureBasis: 'PUBLISHED COMPUTED_WEIGHTED COMPUTED_UNWEIGHTED',
  SiteRelation: 'LOCATED SERVES NEAREST',
  FigureOrder: 'VALUE_ASC VALUE_DESC',
  IndicatorFamily: 'PERFORMANCE SATISFACTION',
  Comparability: 'SAME_QUESTION CLOSE OWN',
  TransparencyReason: 'NO_METHOD',
};

const NODES = ['Territory', 'Network', 'Structure', 'Site', 'Procedure', 'Commitment', 'Indicator'];

const lines = (text: string) => text.split('\n').flatMap((line) => line.trim() || []);
const cases = (table: Readonly<Record<string, string>>) =>
  Object.entries(table).flatMap(([type, fields]) => lines(fields).map((field) => [type, field] as const));

describe('the contract holds', () => {
  test.each(cases(OBJECTS))('%s { %s }', (typeName, line) => {
    const [, name = '', args = '', expected] = /^(\w+)(?:\((.*)\))?: (.+)$/.exec(line) ?? [];
    const type = schema.getType(typeName);
    const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
    expect(String(field?.type)).toBe(expected);
    const types = Object.fromEntries(field?.args.map((arg) => [arg.name, String(arg.type)]) ?? []);
    const wanted = args === '' ? [] : args.split(', ').map((arg) => arg.split(': '));
    expect(types).toMatchObject(Object.fromEntries(wanted));
    // What the contract does not name must not be required, or its operations would be refused.
    const named = new Set(wanted.map(([arg]) => arg));
    const forced = field?.args.filter((arg) => !named.has(arg.name) && String(arg.type).endsWith('!'));
    expect(forced).toEqual([]);
  });

  test.each(cases(INPUTS))('input %s { %s }', (typeName, line) => {
    const [name = '', expected] = line.split(': ');
    const type = schema.getType(typeName);
    expect(isInputObjectType(type) ? String(type.getFields()[name]?.type) : null).toBe(expected);
  });

  test.each(Object.entries(ENUMS))('enum %s { %s }', (typeName, values) => {
    const type = schema.getType(typeName);
    const known = isEnumType(type) ? type.getValues().map(({ name }) => name) : [];
    expect(known).toEqual(expect.arrayContaining(values.split(' ')));
  });

  test.each(NODES)('%s is a Node', (typeName) => {
    const type = schema.getType(typeName);
    expect(isObjectType(type) && type.getInterfaces().map(({ name }) => name)).toContain('Node');
  });
});

test('every root field is nullable: a subgraph that is down costs its own fields only', () => {
  const root = Object.values(schema.getQueryType()?.getFields() ?? {});
  expect(root.filter(({ type }) => String(type).endsWith('!')).map(({ name }) => name)).toEqual([]);
});
