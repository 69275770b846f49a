import type { ObjectRef } from '@pothos/core';
import { internal, internalOnly } from '../../../kernel/graphql/access.ts';
import type { HubTypes } from '../../../kernel/graphql/builder.ts';
import { payloadType, versionFields } from '../../../kernel/graphql/mutation.ts';
import { builder, UserError } from '../builder.ts';
import type { ImprovementContext } from '../context.ts';
import type { Facts } from './facts.ts';
import { movePublication } from './publish.ts';
import type { Fact, FactKind } from './sources.ts';
import type { Content } from './write.ts';

type FactType<Row> = ObjectRef<PothosSchemaTypes.ExtendDefaultTypes<HubTypes<ImprovementContext>>, Row>;

const PublicationInput = builder.inputType('PublicationInput', {
  ...internalOnly,
  description: 'What is to be published, or taken back.',
  fields: (t) => ({
    ...versionFields(t),
    reason: t.string({ description: 'Why; needed to take back what is public.' }),
  }),
});

/**
 * The payload of the mutations on a kind, `<Type>Payload`: the object as those see it who work on it.
 * @param field name of the object in it
 */
export const factPayload = <Row>(
  name: string,
  field: string,
  type: FactType<Row>,
  facts: (context: ImprovementContext) => Facts<Row>,
) =>
  payloadType(builder, UserError, name, {
    field,
    type,
    load: (id, context) => facts(context).byId.load(id),
  });

/**
 * `publish<Name>` and `withdraw<Name>` of a kind, driven by `publicationWorkflow`.
 * @param more what publishing writes beside, such as its day
 */
export function publicationMutations<Row>(
  name: string,
  kind: FactKind<Row>,
  payload: ReturnType<typeof factPayload<Row>>,
  more?: (row: Fact<Row>) => Content,
): void {
  for (const [verb, description] of [
    ['publish', `Shows a ${kind.noun} to everybody.`],
    ['withdraw', `Takes a public ${kind.noun} back, with a reason.`],
  ] as const) {
    const mutation = `${verb}${name}`;
    builder.mutationField(mutation, (t) =>
      t.field({
        type: payload,
        nullable: true,
        ...internal('improvement:write'),
        description,
        args: { input: t.arg({ type: PublicationInput, required: true, description: 'Which one.' }) },
        resolve: (_root, { input }, { writing }) =>
          movePublication(writing, { kind, name: mutation }, verb, input, more),
      }),
    );
  }
}
