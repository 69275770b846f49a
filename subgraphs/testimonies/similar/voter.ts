import { createHmac } from 'node:crypto';
import { HubError } from '../../../kernel/errors.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import { refuse } from '../../../kernel/write/refused.ts';

/** Shorter tokens could be guessed. */
export const SHORTEST_VOTER = 16;
export const LONGEST_VOTER = 200;

/**
 * Who votes: a person who signed in is the voter; a portal says which of its visitors, by a token that means nothing
 * to anybody else. Another portal's visitor is somebody else, whatever the token.
 *
 * @throws HubError UNAUTHENTICATED for anybody; Refused for a token that is missing, too short or too long
 */
export function voterOf({ subject }: Viewer, token: string | null | undefined): string {
  if (subject === null) throw new HubError('UNAUTHENTICATED', 'Writing needs a key or a token.');
  if (subject.startsWith('person:')) return subject;
  const path = ['input', 'voter'];
  const length = token?.length ?? 0;
  if (length === 0) refuse([{ code: 'REQUIRED', message: 'Say which of your visitors it is.', path }]);
  if (length < SHORTEST_VOTER || length > LONGEST_VOTER) {
    refuse([
      {
        code: 'OUT_OF_RANGE',
        message: `Expected ${SHORTEST_VOTER} to ${LONGEST_VOTER} characters that nobody can guess.`,
        path,
      },
    ]);
  }
  return `${subject}\0${token}`;
}

/**
 * What is kept of a voter: a hash under the secret of one testimony. The same person has another mark on every
 * testimony, so that marks cannot be joined; without the secret nobody can tell whose it was.
 */
export const markOf = (secret: Buffer, voter: string): Buffer =>
  createHmac('sha256', secret).update(voter).digest();
