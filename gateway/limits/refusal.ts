import { HubError } from '../../kernel/errors.ts';
import { MOST } from './bounds.ts';

/** Why a document is refused before it is validated. */
export class Refusal extends HubError {
  constructor(code: 'COST_LIMIT' | 'BAD_USER_INPUT', message: string) {
    super(code, message, { http: { status: 400 } });
  }
}

/** @throws Refusal COST_LIMIT when there are more than a document may hold. */
export function atMost(bound: keyof typeof MOST, count: number, what: string): void {
  if (count > MOST[bound]) throw new Refusal('COST_LIMIT', `${what}; at most ${MOST[bound]} are allowed.`);
}

/** A name of the client's as a message may show it. */
export const shown = (name: string): string => (name.length <= 40 ? name : `${name.slice(0, 40)}…`);
