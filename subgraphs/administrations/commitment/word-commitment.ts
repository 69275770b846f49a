import { cleanText } from '../../../kernel/text.ts';
import { perform } from '../../../kernel/write/command.ts';
import { type Outcome, refuse, type UserError } from '../../../kernel/write/refused.ts';
import { demandVersion } from '../../../kernel/write/version.ts';
import type { AdministrationsContext } from '../context.ts';
import { idOf, type Optional } from '../input.ts';
import { commitmentsById } from './commitment.query.ts';
import type { NetworkCommitment } from './commitment.ts';
import { lockWording, saveWording } from './wording.query.ts';

/** Same limit as in the file of wordings. */
const LONGEST_WORDING = 2000;

/** What the mutation `wordCommitment` receives. */
export interface WordCommitmentInput {
  idempotencyKey: string;
  network: string;
  commitment: string;
  wording: string;
  validFrom?: Optional<string>;
  /** The version that was read, 0 for none. */
  version: number;
}

/**
 * A network puts a commitment in its own words: created or replaced, audited, and published at once.
 *
 * @throws HubError NOT_FOUND for a network that the viewer does not reach, or that does not exist; CONFLICT when the
 *   wording is at another version; BAD_USER_INPUT for characters that are no text
 */
export async function wordCommitment(
  input: WordCommitmentInput,
  context: AdministrationsContext,
): Promise<Outcome<NetworkCommitment>> {
  const wording = cleanText(input.wording, 'wording').trim();
  const asked = cleanText(input.commitment, 'commitment');
  const validFrom = input.validFrom ?? null;
  const outcome = await perform(
    context.owner,
    {
      viewer: context.viewer,
      requestId: context.requestId,
      name: 'wordCommitment',
      scope: 'commitments:word',
      network: input.network,
      idempotencyKey: input.idempotencyKey,
      input: { ...input },
    },
    async (trx, audit) => {
      const commitmentId = idOf('Commitment', asked);
      const [known] = commitmentId === null ? [] : await commitmentsById(trx, [commitmentId]);
      refuse([...(known ? [] : [UNKNOWN]), ...mistakesOf(wording)]);
      const key = { networkId: input.network, commitmentId: asked };
      const before = await lockWording(trx, key);
      demandVersion(input.version, before?.version ?? 0);
      const written = await saveWording(trx, key, { wording, validFrom });
      await audit({
        networkId: input.network,
        action: 'COMMITMENT_WORDED',
        objectId: asked,
        before,
        after: { wording, validFrom, version: written.version },
      });
      return written;
    },
  );
  context.forget();
  return outcome;
}

const UNKNOWN: UserError = {
  code: 'UNKNOWN_COMMITMENT',
  message: 'Expected the id of a commitment, such as COMMITMENT-E4.',
  path: ['input', 'commitment'],
};

function mistakesOf(wording: string): UserError[] {
  const path = ['input', 'wording'];
  if (wording === '') return [{ code: 'BLANK', message: 'Expected the words of the commitment.', path }];
  if (wording.length <= LONGEST_WORDING) return [];
  return [{ code: 'TOO_LONG', message: `Expected ${LONGEST_WORDING} characters at most.`, path }];
}
