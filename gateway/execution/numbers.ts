import { type DocumentNode, Kind, visit } from 'graphql';
import { badInput } from '../../kernel/errors.ts';

/** Bounds of the integers that the planner reads. */
const LEAST = -(2n ** 63n);
const MOST = 2n ** 63n - 1n;

/**
 * The document with its numbers written as the planner's parser reads them: it stumbles on `1e9`, prints what
 * overflows as `inf`, and knows no integer of more than 64 bits.
 *
 * @throws HubError BAD_USER_INPUT for a number that no such writing has
 */
export function readableNumbers(document: DocumentNode): DocumentNode {
  return visit(document, {
    FloatValue({ value }) {
      const number = Number(value);
      if (!Number.isFinite(number)) throw refused(`${shortened(value)} is no number that can be used.`);
      if (!Number.isInteger(number)) return undefined;
      return { kind: Kind.FLOAT, value: `${BigInt(number)}.0` };
    },
    IntValue({ value }) {
      const number = BigInt(value);
      if (number < LEAST || number > MOST) throw refused(`${shortened(value)} is too large an integer.`);
    },
  });
}

const shortened = (value: string) => (value.length > 30 ? `${value.slice(0, 30)}…` : value);

const refused = (message: string) => badInput(message, { http: { spec: true, status: 400 } });
