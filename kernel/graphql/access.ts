import { defaultFieldResolver, type GraphQLSchema, isObjectType } from 'graphql';
import { HubError } from '../errors.ts';
import { isRecord } from '../record.ts';
import { hasScope, type Scope, type Viewer } from '../viewer.ts';

/** Name of the tag that keeps an element out of the public contract. */
export const INTERNAL_TAG = 'internal';

/**
 * Options of a field (or of an object type) that only viewers with this scope may read: it is absent from the
 * public contract, and the subgraph itself refuses everybody else. Where it may be used (which network, which
 * structures) is for the resolver and for row-level security to say.
 */
export const internal = (scope: Scope) => ({
  directives: { tag: { name: INTERNAL_TAG }, requiresScopes: { scopes: [[scope]] } },
});

/** Options of an element (type, argument, enum value, input) that only the internal contract shows. */
export const internalOnly = { directives: { tag: { name: INTERNAL_TAG } } };

/** The lists of scopes that an element declares, one of which must be owned whole. */
function scopesOf(
  element: { extensions?: unknown } | undefined | null,
): readonly (readonly string[])[] | undefined {
  const { extensions } = element ?? {};
  if (!isRecord(extensions) || !isRecord(extensions.directives)) return undefined;
  const { requiresScopes } = extensions.directives;
  return isRecord(requiresScopes) ? (requiresScopes.scopes as readonly (readonly string[])[]) : undefined;
}

/**
 * Puts before every field of a schema the checks that its own declaration and its type's ask for: nothing of it
 * runs for a viewer without the scopes, however the operation came here. Changes the schema in place.
 */
export function guardFields(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const wanted = [scopesOf(type), scopesOf(field)].filter((scopes) => scopes !== undefined);
      if (wanted.length === 0) continue;
      const { resolve = defaultFieldResolver } = field;
      field.resolve = (source, args, context, info) => {
        for (const scopes of wanted) demand(viewerOf(context), scopes);
        return resolve(source, args, context, info);
      };
    }
  }
}

/**
 * Refuses a viewer that owns none of these lists of scopes whole.
 * @throws HubError UNAUTHENTICATED for anybody, FORBIDDEN for somebody known
 */
function demand(viewer: Viewer | undefined, scopes: readonly (readonly string[])[]): void {
  if (viewer && scopes.some((all) => all.every((scope) => hasScope(viewer, scope)))) return;
  if (!viewer || viewer.subject === null) {
    throw new HubError(
      'UNAUTHENTICATED',
      'This needs a key or a token: send it as "Authorization: Bearer …".',
    );
  }
  throw new HubError('FORBIDDEN', 'The role of this key or token does not allow this.');
}

function viewerOf(context: unknown): Viewer | undefined {
  return isRecord(context) ? (context.viewer as Viewer | undefined) : undefined;
}
