import SchemaBuilder from '@pothos/core';
import DirectivesPlugin from '@pothos/plugin-directives';
import { TERRITORY_LEVELS } from '../ids.ts';
import { dateScalar, dateTimeScalar, urlScalar } from './scalars.ts';

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
