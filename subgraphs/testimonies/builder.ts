import { createBuilder } from '../../kernel/graphql/builder.ts';
import { registerMutations, writeTypes } from '../../kernel/graphql/write-types.ts';
import type { TestimoniesContext } from './context.ts';

/** The builder that every `*.type.ts` of this subgraph registers its types on. */
export const { builder, PageInfo } = createBuilder<TestimoniesContext>();
registerMutations(builder);

/** What every subgraph that writes says alike: mistakes in an input, and what was written. */
export const { UserError, AuditEntryConnection, AuditTrail } = writeTypes(builder, PageInfo);
