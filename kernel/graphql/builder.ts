import SchemaBuilder from '@pothos/core';
import DirectivesPlugin from '@pothos/plugin-directives';
import { GraphQLScalarType } from 'graphql';
import { badInput } from '../errors.ts';
import { TERRITORY_LEVELS } from '../ids.ts';

/** The federation directives that our types use, with their arguments. */
type FederationDirectives = {
  key: { locations: 'OBJECT'; args: { fields: string; resolvable?: boolean } };
  shareable: { locations: 'OBJECT' | 'FIELD_DEFINITION'; args: Record<string, never> };
  external: { locations: 'OBJECT' | 'FIELD_DEFINITION'; args: Record<string, never> };
  inaccessible: { locations: 'OBJECT' | 'FIELD_DEFINITION' | 'ENUM_VALUE'; args: Record<string, never> };
  provides: { locations: 'FIELD_DEFINITION'; args: { fields: string } };
  requires: { locations: 'FIELD_DEFINITION'; args: { fields: string } };
  tag: {
    locations:
      | 'OBJECT'
      | 'FIELD_DEFINITION'
      | 'ARGUMENT_DEFINITION'
      | 'ENUM'
      | 'ENUM_VALUE'
      | 'INPUT_OBJECT'
      | 'INPUT_FIELD_DEFINITION';
    args: { name: string };
  };
  requiresScopes: {
    locations: 'OBJECT' | 'FIELD_DEFINITION';
    args: { scopes: readonly (readonly string[])[] };
  };
};

/** Type parameters of every subgraph's builder; `Context` is the subgraph's own. */
export interface HubTypes<Context extends object> {
  Context: Context;
  DefaultFieldNullability: false;
  Directives: FederationDirectives;
  Scalars: {
    ID: { Input: string; Output: string };
    Date: { Input: string; Output: string };
    DateTime: { Input: string; Output: string | Date };
    URL: { Input: string; Output: string };
  };
}

/** Where a fact comes from; the columns of the journal of imports that readers see. */
export interface ProvenanceRow {
  source: string;
  file: string | null;
  license: string | null;
  importedAt: string | Date;
  /** ISO date, day of publication or of last update by the source. */
  publishedOn: string | null;
  /** Line of the source file, header included; null where a fact has no single line. */
  row: number | null;
}

/**
 * A Pothos builder with the scalars and the types that several subgraphs return, all `@shareable`.
 * Fields are non-null unless they say otherwise.
 */
export function createBuilder<Context extends object>() {
  const builder = new SchemaBuilder<HubTypes<Context>>({
    plugins: [DirectivesPlugin],
    defaultFieldNullability: false,
    directives: { useGraphQLToolsUnorderedDirectives: true },
  });
  builder.queryType({ description: 'Everything that can be read.' });
  builder.addScalarType('Date', dateScalar);
  builder.addScalarType('DateTime', dateTimeScalar);
  builder.addScalarType('URL', urlScalar);

  const PageInfo = builder.objectRef<PageInfoShape>('PageInfo').implement({
    description: 'Where a page of a connection stands in its list.',
    directives: { shareable: {} },
    fields: (t) => ({
      endCursor: t.exposeString('endCursor', {
        nullable: true,
        description: 'Cursor of the last item; pass it as `after` to get the next page.',
      }),
      startCursor: t.exposeString('startCursor', {
        nullable: true,
        description: 'Cursor of the first item.',
      }),
      hasNextPage: t.exposeBoolean('hasNextPage', { description: 'Whether items follow this page.' }),
      hasPreviousPage: t.exposeBoolean('hasPreviousPage', {
        description: 'Whether items come before this page.',
      }),
    }),
  });

  const Provenance = builder.objectRef<ProvenanceRow>('Provenance').implement({
    description: 'Where a fact comes from: source, file, licence and dates.',
    directives: { shareable: {} },
    fields: (t) => ({
      source: t.exposeString('source', { description: 'Who published the fact.' }),
      file: t.exposeString('file', { nullable: true, description: 'Name of the file that it came in.' }),
      license: t.exposeString('license', { nullable: true, description: 'Licence of the source.' }),
      importedAt: t.expose('importedAt', { type: 'DateTime', description: 'When the hub imported it.' }),
      publishedOn: t.expose('publishedOn', {
        type: 'Date',
        nullable: true,
        description: 'Day on which the source published or last updated it.',
      }),
      row: t.exposeInt('row', { nullable: true, description: 'Line of the source file, header included.' }),
    }),
  });

  const TerritoryLevel = builder.enumType('TerritoryLevel', {
    description: 'Levels of the territory tree.',
    values: Object.fromEntries(
      TERRITORY_LEVELS.map((level) => [level, { description: LEVEL_MEANING[level] }]),
    ) as Record<(typeof TERRITORY_LEVELS)[number], { description: string }>,
  });

  return { builder, PageInfo, Provenance, TerritoryLevel };
}

export type HubBuilder<Context extends object> = ReturnType<typeof createBuilder<Context>>['builder'];

export interface PageInfoShape {
  startCursor: string | null;
  endCursor: string | null;
  hasNextPage: boolean;
  hasPreviousPage: boolean;
}

const LEVEL_MEANING = {
  COMMUNE: 'A commune, or a municipal arrondissement of Paris, Lyon or Marseille.',
  DEPARTEMENT: 'A département, or an overseas collectivity at that level.',
  REGION: 'A région, or an overseas collectivity at that level.',
  NATIONAL: 'The whole country.',
};

const dateScalar = new GraphQLScalarType<string, string>({
  name: 'Date',
  description: 'A calendar day, ISO 8601: 2023-10-30.',
  serialize: (value) => String(value),
  parseValue: (value) => {
    const valid = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);
    if (!valid || new Date(`${value}T00:00:00Z`).toISOString().slice(0, 10) !== value) {
      throw badInput('Expected a day as 2023-10-30.');
    }
    return value;
  },
});

const dateTimeScalar = new GraphQLScalarType<string, string>({
  name: 'DateTime',
  description: 'A moment, ISO 8601 in UTC: 2023-10-30T08:15:00.000Z.',
  serialize: (value) => new Date(value as string | Date).toISOString(),
  parseValue: (value) => {
    if (typeof value !== 'string' || Number.isNaN(Date.parse(value))) {
      throw badInput('Expected a moment as 2023-10-30T08:15:00Z.');
    }
    return new Date(value).toISOString();
  },
});

const urlScalar = new GraphQLScalarType<string, string>({
  name: 'URL',
  description: 'An absolute address of the web.',
  serialize: (value) => String(value),
  parseValue: (value) => {
    if (typeof value !== 'string' || !URL.canParse(value)) throw badInput('Expected an absolute URL.');
    return value;
  },
});
