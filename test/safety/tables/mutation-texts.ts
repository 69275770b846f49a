import type { GraphQLField } from 'graphql';
import { INTERNAL } from '../../access/contracts.ts';
import { inputOf } from '../../access/mutations.ts';
import { textsIn, valueAt } from './arguments.ts';

/** A place of the input of a mutation that takes text. */
interface InputText {
  /** `saveGap.subject.network`. */
  name: string;
  mutation: GraphQLField<unknown, unknown>;
  /** An input with `{text}` there, and placeholders for ids. */
  input: object;
}

/** Lists hold themselves; what is in them needs what is beside it. */
function merged(made: unknown, given: unknown): unknown {
  if (Array.isArray(given))
    return given.map((item, index) => merged(Array.isArray(made) ? made[index] : undefined, item));
  if (typeof given !== 'object' || given === null) return given;
  const before = typeof made === 'object' && made !== null ? made : {};
  const entries = Object.entries(given).map(([name, value]) => [
    name,
    merged(Reflect.get(before, name), value),
  ]);
  return { ...before, ...Object.fromEntries(entries) };
}

/** Every place of every input that takes text; a new field is one more. */
export const MUTATION_TEXTS: readonly InputText[] = Object.values(
  INTERNAL.getMutationType()?.getFields() ?? {},
).flatMap((mutation) =>
  mutation.args.flatMap(({ type }) =>
    textsIn(type, []).map(({ steps }) => ({
      name: [mutation.name, ...steps.filter((step) => step !== '*')].join('.'),
      mutation,
      input: Object(merged(inputOf(mutation), valueAt(steps, '{text}'))),
    })),
  ),
);
