import type { HubTypes } from '../../../kernel/graphql/builder.ts';
import type { ImprovementContext } from '../context.ts';

/** What the fields of an input of this subgraph are made with. */
export type ImprovementInputFields = PothosSchemaTypes.InputFieldBuilder<
  PothosSchemaTypes.ExtendDefaultTypes<HubTypes<ImprovementContext>>,
  'InputObject'
>;

/** Restrictions to a place of the organisation, the same for every kind of fact. */
export const subjectFilter = (t: ImprovementInputFields) => ({
  network: t.id({ description: 'It is about this network.' }),
  structure: t.id({ description: 'It is about this structure, or one below it.' }),
  site: t.id({ description: 'It is about this site.' }),
  territory: t.id({ description: 'It is about a structure, a site or a territory within this one.' }),
});
