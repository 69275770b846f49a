import type { Refusal } from '../signature/verify.ts';

/** Thrown at a request that is not run. Which check failed is for the log: the caller learns one of three things. */
export class Refused extends Error {
  readonly kind: 'unauthenticated' | 'late' | 'busy';

  constructor(refusal: Refusal) {
    super('refused');
    this.kind = refusal === 'late' ? 'late' : refusal === 'memory' ? 'busy' : 'unauthenticated';
  }
}
