import type { ObjectRef } from '@pothos/core';
import { internal, internalOnly } from '../../../kernel/graphql/access.ts';
import type { HubTypes } from '../../../kernel/graphql/builder.ts';
import { payloadType, versionFields, type Written } from '../../../kernel/graphql/mutation.ts';
import type { Writing } from '../../../kernel/write/writing.ts';
import { builder, UserError } from '../builder.ts';
import type { ImprovementContext } from '../context.ts';
import type { DatedInput } from '../major/move.ts';
import type { ImprovementDatabase } from '../tables.ts';

type Type<Row> = ObjectRef<PothosSchemaTypes.ExtendDefaultTypes<HubTypes<ImprovementContext>>, Row>;

/** The payload of the mutations on a national kind: the object as everybody sees it now. */
export const nationalPayload = <Row>(
  name: string,
  field: string,
  type: Type<Row>,
  load: (id: string, context: ImprovementContext) => Promise<Row | null>,
) => payloadType(builder, UserError, name, { field, type, load });

const DatedStepInput = builder.inputType('DatedStepInput', {
  ...internalOnly,
  description: 'A step of a workflow that is taken on a day.',
  fields: (t) => ({
    ...versionFields(t),
    on: t.field({ type: 'Date', description: 'Its day, today at the latest; today when omitted.' }),
    reason: t.string({ description: 'Why, where the step needs a reason; 1 000 characters at most.' }),
  }),
});

/** A mutation of DITP that takes one step of a workflow on a day. */
export function datedMutation<Row>(
  name: string,
  payload: ReturnType<typeof nationalPayload<Row>>,
  description: string,
  take: (writing: Writing<ImprovementDatabase>, name: string, input: DatedInput) => Promise<Written>,
): void {
  builder.mutationField(name, (t) =>
    t.field({
      type: payload,
      nullable: true,
      ...internal('governance:write'),
      description,
      args: { input: t.arg({ type: DatedStepInput, required: true, description: 'Of what, and when.' }) },
      resolve: (_root, { input }, { writing }) => take(writing, name, input),
    }),
  );
}
