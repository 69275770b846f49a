import { createBuilder } from '../../kernel/graphql/builder.ts';
import type { ImprovementContext } from './context.ts';

/** The builder that every `*.type.ts` of this subgraph registers its types on. */
export const { builder, PageInfo } = createBuilder<ImprovementContext>();
