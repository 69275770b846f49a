import type { ObjectRef } from '@pothos/core';
import { internal, internalOnly } from '../../../kernel/graphql/access.ts';
import type { HubTypes } from '../../../kernel/graphql/builder.ts';
import { stubOf } from '../../../kernel/graphql/stub.ts';
import { builder } from '../builder.ts';
import type { ImprovementContext } from '../context.ts';
import { Network, Site, Structure, Territory } from '../subject/stubs.type.ts';
import type { SubjectColumns } from '../tables.ts';

/** A type of the graph whose objects are rows of facts. */
export type FactType<Row> = ObjectRef<
  PothosSchemaTypes.ExtendDefaultTypes<HubTypes<ImprovementContext>>,
  Row
>;

export const PublicationEnum = builder.enumType('PublicationState', {
  ...internalOnly,
  description: 'Whether readers see it.',
  values: {
    DRAFT: { description: 'Not public yet.' },
    PUBLISHED: { description: 'Public.' },
    WITHDRAWN: { description: 'Was public, and was taken back.' },
  },
});

/** Whom a fact is about and how it stands for those who work on it, the same fields on every kind. */
export function factFields<Row extends SubjectColumns>(type: FactType<Row>): void {
  builder.objectFields(type, (t) => ({
    network: t.field({
      type: Network,
      nullable: true,
      description: 'The network that it is about.',
      resolve: ({ network_id }) => stubOf(network_id),
    }),
    structure: t.field({
      type: Structure,
      nullable: true,
      description: 'The structure that it is about, where it is local.',
      resolve: ({ structure_id }) => stubOf(structure_id),
    }),
    site: t.field({
      type: Site,
      nullable: true,
      description: 'The site that it is about, where it is local.',
      resolve: ({ site_id }) => stubOf(site_id),
    }),
    territory: t.field({
      type: Territory,
      nullable: true,
      description: 'The territory that it is about, where that is neither of a structure nor of a site.',
      resolve: ({ territory_id }) => stubOf(territory_id),
    }),
    version: t.int({
      nullable: true,
      ...internal('improvement:read'),
      description: 'Counts its changes; a mutation says which one it read.',
      resolve: ({ version }) => version,
    }),
    publication: t.field({
      type: PublicationEnum,
      nullable: true,
      ...internal('improvement:read'),
      description: 'Whether readers see it.',
      resolve: ({ publication }) => publication,
    }),
  }));
}
