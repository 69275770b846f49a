import { createBuilder } from '../../kernel/graphql/builder.ts';
import type { IndicatorsContext } from './context.ts';

/** The builder that every `*.type.ts` of this subgraph registers its types on. */
export const { builder, PageInfo, Provenance, TerritoryLevel } = createBuilder<IndicatorsContext>();
