import { createBuilder } from '../../kernel/graphql/builder.ts';
import { registerMutations } from '../../kernel/graphql/write-types.ts';
import type { AdministrationsContext } from './context.ts';

/** The builder that every `*.type.ts` of this subgraph registers its types on. */
export const { builder, PageInfo, Provenance, TerritoryLevel } = createBuilder<AdministrationsContext>();
registerMutations(builder);
