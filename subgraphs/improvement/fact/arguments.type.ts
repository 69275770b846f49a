import type { HubTypes } from '../../../kernel/graphql/builder.ts';
import { cleanText } from '../../../kernel/text.ts';
import type { ImprovementContext } from '../context.ts';
import type { FactFilter } from './filter.ts';

type InputFields = PothosSchemaTypes.InputFieldBuilder<
  PothosSchemaTypes.ExtendDefaultTypes<HubTypes<ImprovementContext>>,
  'InputObject'
>;

/** Restrictions to a place of the organisation, the same for every kind of fact. */
export const subjectFilter = (t: InputFields) => ({
  network: t.id({ description: 'It is about this network.' }),
  structure: t.id({ description: 'It is about this structure, or one below it.' }),
  site: t.id({ description: 'It is about this site.' }),
  territory: t.id({ description: 'It is about a structure, a site or a territory within this one.' }),
});

/** The filter as it was sent, once its ids were checked; no filter is one that restricts nothing. */
export function readFilter(filter: FactFilter | null | undefined): FactFilter {
  for (const name of ['network', 'structure', 'site', 'territory', 'commitment'] as const) {
    cleanText(filter?.[name] ?? '', name);
  }
  return filter ?? {};
}
