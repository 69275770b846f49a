import type { DocumentNode } from 'graphql';
import { HubError } from '../../kernel/errors.ts';
import { fieldsOf } from './expansion.ts';
import { CostMeter, type Payer } from './meter.ts';

/**
 * Fields of new documents that one caller may have planned in a minute. Planning takes a tenth of a millisecond of
 * a processor for each: so it is a fifth of one at most, some five hundred documents of usual size.
 */
const PER_MINUTE = 100_000;

/** What a document costs beside its fields: it is parsed, validated and printed. */
const ANY_DOCUMENT = 50;

/**
 * Bounds what callers may have planned. A plan costs far more than asking again what has one, and nothing of the
 * estimate of what an operation gives tells it: few objects may take many steps.
 */
export class Novelty {
  private readonly meter: CostMeter;

  constructor(now?: () => number) {
    this.meter = new CostMeter({ public: PER_MINUTE, internal: PER_MINUTE, perMinute: PER_MINUTE }, now);
  }

  /**
   * To be called before a document is planned.
   * @throws HubError RATE_LIMITED with `retryAfter` in seconds
   */
  charge(payer: Payer, document: DocumentNode): void {
    try {
      this.meter.charge(payer, ANY_DOCUMENT + fieldsOf(document));
    } catch (error) {
      if (!(error instanceof HubError)) throw error;
      const { retryAfter, http } = error.extensions;
      throw new HubError(
        'RATE_LIMITED',
        `Too many new documents: send the same ones again, with other variables. Others may come in ${String(retryAfter)} s.`,
        { retryAfter, http },
      );
    }
  }
}
