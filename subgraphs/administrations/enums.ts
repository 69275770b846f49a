import { publicationLevelType } from '../../kernel/graphql/publication-level.ts';
import { builder } from './builder.ts';
import { CHANNELS } from './procedure/procedure.ts';

/** The values of an enum with what each means: the type checker sees that none is forgotten. */
export function described<V extends string>(
  values: readonly V[],
  meanings: Record<V, string>,
): Record<V, { description: string }> {
  const entries = values.map((value) => [value, { description: meanings[value] }] as const);
  return Object.fromEntries(entries) as Record<V, { description: string }>;
}

export const PublicationLevel = publicationLevelType(builder);

export const ChannelEnum = builder.enumType('Channel', {
  description: 'A way to reach a service.',
  values: described(CHANNELS, {
    ONLINE: 'On the web.',
    POST: 'By letter.',
    COUNTER: 'In person.',
    PHONE: 'By telephone.',
    EMAIL: 'By e-mail.',
  }),
});
