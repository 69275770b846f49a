import { clientKeyOf } from '../execution/aliases.ts';
import { type Cause, Failure, INTERNAL, isPlace, type Place, UNKNOWN } from '../execution/failure.ts';
import type { SelectedField, Shape, Slot } from './compile.ts';

/** An error of the answer, at its exact place. */
export interface PlacedError {
  cause: Cause;
  path: readonly (string | number)[];
  /** For the log: what the schema does not allow there. Never told to the client. */
  note?: string;
}

/** A null whose error is reported already. */
const FAILED = Symbol('failed');

type Outcome = unknown;

/**
 * Makes the answer of merged data: only what was asked, in the order of the specification, with its rules for
 * null. A null where the schema allows none goes up to the next place that allows it, with one error at the
 * place where it began.
 */
export function complete(
  fields: readonly SelectedField[],
  data: Place,
): { data: Place | null; errors: PlacedError[] } {
  const completion = new Completion();
  const result = completion.object(fields, data);
  return { data: isPlace(result) ? result : null, errors: completion.errors };
}

class Completion {
  errors: PlacedError[] = [];
  private readonly path: (string | number)[] = [];

  object(fields: readonly SelectedField[], source: Place): Outcome {
    const start = this.errors.length;
    const result: Place = {};
    for (const field of fields) {
      if (field.constant !== undefined) {
        result[field.key] = field.constant;
        continue;
      }
      const before = this.errors.length;
      this.path.push(field.key);
      const value = this.slot(field, source[field.dataKey], field.name);
      this.path.pop();
      if (value === UNKNOWN) {
        // The object itself is unknown to its owner: errors of what others add to it are beside the point.
        this.errors.length = start;
        return UNKNOWN;
      }
      if (value === FAILED) {
        this.keepOneByCause(start, before);
        return FAILED;
      }
      result[field.key] = value;
    }
    return result;
  }

  /** Completes a place that allows null, or not; a mark is answered only where null is not allowed. */
  private slot(slot: Slot, value: unknown, name: string): Outcome {
    if (value === UNKNOWN) return slot.nonNull ? UNKNOWN : null;
    const outcome = this.value(slot.shape, value, name);
    if (!slot.nonNull) return outcome === FAILED || outcome === UNKNOWN ? null : outcome;
    if (outcome === UNKNOWN) {
      this.report({ code: 'NOT_FOUND', message: 'The object that this refers to is unknown.' });
      return FAILED;
    }
    if (outcome !== null) return outcome;
    this.report(INTERNAL, `null for non-nullable ${name}`);
    return FAILED;
  }

  private value(shape: Shape, value: unknown, name: string): Outcome {
    if (value === null || value === undefined) return null;
    if (value instanceof Failure) {
      const below = value.below.map((each) => (typeof each === 'string' ? clientKeyOf(each) : each));
      this.errors.push({ cause: value.cause, path: [...this.path, ...below] });
      return FAILED;
    }
    switch (shape.kind) {
      case 'leaf': {
        const answer = shape.answer(value);
        return answer === undefined ? this.refuse(`not a ${shape.name}: ${name}`) : answer;
      }
      case 'list':
        return Array.isArray(value) ? this.list(shape.item, value, name) : this.refuse(`not a list: ${name}`);
      case 'object': {
        if (!isPlace(value)) return this.refuse(`not an object: ${name}`);
        const fields = shape.select(value.__typename);
        // A type that clients may not see is no error, only nothing.
        return fields ? this.object(fields, value) : null;
      }
    }
  }

  private list(item: Slot, values: readonly unknown[], name: string): Outcome {
    const start = this.errors.length;
    const result = new Array<unknown>(values.length);
    for (let index = 0; index < values.length; index++) {
      const before = this.errors.length;
      this.path.push(index);
      let outcome = this.slot(item, values[index], name);
      if (outcome === UNKNOWN) {
        this.report({ code: 'NOT_FOUND', message: 'The object that this refers to is unknown.' });
        outcome = FAILED;
      }
      this.path.pop();
      if (outcome === FAILED) {
        this.keepOneByCause(start, before);
        return FAILED;
      }
      result[index] = outcome;
    }
    return result;
  }

  private refuse(note: string): typeof FAILED {
    this.report(INTERNAL, note);
    return FAILED;
  }

  private report(cause: Cause, note?: string): void {
    const path = [...this.path];
    this.errors.push(note === undefined ? { cause, path } : { cause, path, note });
  }

  /**
   * When everything since `start` becomes null by the errors since `before`, the other errors are about nothing
   * any more; a subgraph that they alone name is still worth telling, once.
   */
  private keepOneByCause(start: number, before: number): void {
    const reasons = this.errors.splice(before);
    const sources = new Set(reasons.map(({ cause }) => cause.source));
    const others = this.errors.splice(start).filter(({ cause }) => {
      if (cause.source === undefined || sources.has(cause.source)) return false;
      sources.add(cause.source);
      return true;
    });
    this.errors.push(...others, ...reasons);
  }
}
