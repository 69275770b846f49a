import type { EnumRef, ObjectRef } from '@pothos/core';
import type { Outcome, UserError } from '../write/refused.ts';
import type { Workflow } from '../write/workflow.ts';
import { internalOnly } from './access.ts';
import type { HubBuilder, HubTypes } from './builder.ts';

type Types<Context extends object> = PothosSchemaTypes.ExtendDefaultTypes<HubTypes<Context>>;
type InputFields<Context extends object> = PothosSchemaTypes.InputFieldBuilder<Types<Context>, 'InputObject'>;

/** What every input of a mutation begins with. */
export const keyFields = <Context extends object>(t: InputFields<Context>) => ({
  idempotencyKey: t.string({
    required: true,
    description: 'Names this request, 8 to 128 characters, such as a UUID: sent again, it is not done again.',
  }),
});

/** What the input of a mutation on something that exists begins with. */
export const versionFields = <Context extends object>(t: InputFields<Context>) => ({
  ...keyFields(t),
  id: t.id({ required: true, description: 'Id of what is written to.' }),
  version: t.int({
    required: true,
    description: 'The `version` that was read: another one is a CONFLICT.',
  }),
});

/** What a mutation on one object came to: its id, from which it is read anew, or the mistakes. */
export type Written = Outcome<{ id: string }>;

/**
 * The payload of a mutation on one object: the object under the name `field`, and `userErrors`.
 *
 * @param load reads the object as it is now
 * @param open true for a mutation of the public contract
 */
export function payloadType<Context extends object, T>(
  builder: HubBuilder<Context>,
  UserErrorType: ObjectRef<Types<Context>, UserError>,
  name: string,
  {
    field,
    type,
    load,
    open = false,
  }: {
    field: string;
    type: ObjectRef<Types<Context>, T>;
    load: (id: string, context: Context) => Promise<T | null>;
    open?: boolean;
  },
) {
  return builder.objectRef<Written>(name).implement({
    ...(open ? {} : internalOnly),
    description: 'What became of a mutation.',
    fields: (t) => ({
      [field]: t.field({
        type,
        nullable: true,
        description:
          'The object as it is now; null when nothing was written, or when it is not to be read here.',
        resolve: (async ({ done }: Written, _args: object, context: Context) =>
          done === null ? null : load(done.id, context)) as never,
      }),
      userErrors: t.field({
        type: [UserErrorType],
        description: 'Mistakes in the input: nothing was written.',
        resolve: ({ userErrors }) => userErrors as never,
      }),
    }),
  });
}

/** The verbs of a workflow as an enum, in capitals: START_REWRITE for `startRewrite`. */
export function stepEnum<Context extends object, Verb extends string>(
  builder: HubBuilder<Context>,
  name: string,
  flow: Workflow<string, Verb>,
): EnumRef<Types<Context>, Verb> {
  const values = (Object.keys(flow.steps) as Verb[]).map((verb) => [
    verb.replace(/[A-Z]/g, '_$&').toUpperCase(),
    { value: verb, description: flow.steps[verb].means },
  ]);
  return builder.enumType(name, {
    ...internalOnly,
    description: `What may be done to a ${flow.name}; see docs/workflows.md.`,
    values: Object.fromEntries(values) as Record<string, { value: Verb; description: string }>,
  }) as EnumRef<Types<Context>, Verb>;
}
