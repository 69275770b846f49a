import type { Written } from '../../../kernel/graphql/mutation.ts';
import { perform } from '../../../kernel/write/command.ts';
import { refuse } from '../../../kernel/write/refused.ts';
import { demandVersion } from '../../../kernel/write/version.ts';
import { type Keyed, requestOf, type Writing } from '../../../kernel/write/writing.ts';
import { said } from '../reply/said.ts';
import type { TestimoniesDatabase } from '../tables.ts';
import { type Duty, lockDuty, saveDuty } from './duty.query.ts';

export interface SetReplyDutyInput extends Keyed {
  network: string;
  /** The version that was read, 0 for none. */
  version: number;
  days: number;
  source: string;
  since?: string | null | undefined;
}

/** A year is no delay of reply any more. */
export const MOST_DAYS = 365;
/** Longest words about who says so. */
export const LONGEST_SOURCE = 300;

/**
 * Sets in how many days a network undertakes to reply; every delay is held to it from now on, those of the past too.
 * @throws HubError as `perform`; CONFLICT for another version
 */
export const setReplyDuty = (
  writing: Writing<TestimoniesDatabase>,
  input: SetReplyDutyInput,
): Promise<Written> =>
  perform(
    writing.owner,
    { ...requestOf(writing, 'setReplyDuty', input), scope: 'commitments:word', network: input.network },
    async (trx, audit) => {
      const before = await lockDuty(trx, input.network);
      demandVersion(input.version, before?.version ?? 0);
      if (input.days < 1 || input.days > MOST_DAYS) {
        refuse([
          {
            code: 'OUT_OF_RANGE',
            message: `expected 1 to ${MOST_DAYS} days`,
            path: ['input', 'days'],
          },
        ]);
      }
      const source = said(input.source, 'source', LONGEST_SOURCE);
      const after = await saveDuty(trx, {
        network_id: input.network,
        days: input.days,
        source,
        since: input.since ?? null,
      });
      await audit({
        networkId: input.network,
        action: 'REPLY_DUTY_SET',
        objectId: input.network,
        before: before && summary(before),
        after: summary(after),
      });
      return { id: input.network };
    },
  );

const summary = ({ days, source, since, version }: Duty) => ({ days, source, since, version });
