import { internal, internalOnly } from '../../../kernel/graphql/access.ts';
import { versionFields, type Written } from '../../../kernel/graphql/mutation.ts';
import type { Scope } from '../../../kernel/viewer.ts';
import type { Writing } from '../../../kernel/write/writing.ts';
import { builder } from '../builder.ts';
import type { ImprovementDatabase } from '../tables.ts';
import type { factPayload } from './publication.type.ts';
import type { StepInput } from './step.ts';

const StepInputType = builder.inputType('StepInput', {
  ...internalOnly,
  description: 'A step of a workflow that takes nothing but its reason.',
  fields: (t) => ({
    ...versionFields(t),
    reason: t.string({ description: 'Why, where the step needs a reason; 1 000 characters at most.' }),
  }),
});

/** A mutation that takes one step of a workflow and nothing but its reason. */
export function stepMutation<Row>(
  name: string,
  payload: ReturnType<typeof factPayload<Row>>,
  { scope, description }: { scope: Scope; description: string },
  take: (writing: Writing<ImprovementDatabase>, name: string, input: StepInput) => Promise<Written>,
): void {
  builder.mutationField(name, (t) =>
    t.field({
      type: payload,
      nullable: true,
      ...internal(scope),
      description,
      args: { input: t.arg({ type: StepInputType, required: true, description: 'Of what, and why.' }) },
      resolve: (_root, { input }, { writing }) => take(writing, name, input),
    }),
  );
}
