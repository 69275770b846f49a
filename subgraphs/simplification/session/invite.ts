import type { Written } from '../../../kernel/graphql/mutation.ts';
import { cleanText } from '../../../kernel/text.ts';
import { refuse } from '../../../kernel/write/refused.ts';
import type { Writing } from '../../../kernel/write/writing.ts';
import type { AgeBand, DigitalEase } from '../panel/tables.ts';
import { mistake } from '../submission/input.ts';
import type { SimplificationDatabase } from '../tables.ts';
import { changeSession, type OnSession } from './change.ts';
import type { Answer } from './tables.ts';
import { inviteTesters, noteAnswers } from './write.query.ts';

type Optional<T> = T | null | undefined;

export interface InviteTestersInput extends OnSession {
  most: number;
  departement?: Optional<string>;
  ageBands?: Optional<readonly AgeBand[]>;
  digitalEases?: Optional<readonly DigitalEase[]>;
}

const MOST_AT_ONCE = 200;
const MOST_ANSWERS = 200;

/** Only a session that invites asks people, and notes what they answer. */
const NOT_OPEN = {
  code: 'NOT_OPEN',
  message: 'Only a session that is OPEN invites testers.',
  path: ['input'],
};

/**
 * Invites testers to a session: fewer than wanted when there are not enough who may be solicited. Whom, is read from
 * the session, by reference: the portal that knows them writes to them.
 */
export const invite = (
  writing: Writing<SimplificationDatabase>,
  input: InviteTestersInput,
): Promise<Written> =>
  changeSession(writing, 'inviteTesters', input, async (trx, session) => {
    if (session.state !== 'OPEN') refuse([NOT_OPEN]);
    if (input.most < 1 || input.most > MOST_AT_ONCE)
      refuse([mistake('OUT_OF_RANGE', `Expected 1 to ${MOST_AT_ONCE}.`, 'most')]);
    const wanted = {
      departement: cleanText(input.departement ?? '', 'departement') || null,
      ageBands: input.ageBands ?? null,
      digitalEases: input.digitalEases ?? null,
    };
    const invited = await inviteTesters(trx, session.id, wanted, input.most);
    return { session, action: 'TESTERS_INVITED', told: { invited } };
  });

export interface NoteAnswersInput extends OnSession {
  answers: readonly { reference: string; answer: Answer }[];
}

/** What those who were asked answered, and who took part. */
export const answerInvitations = (
  writing: Writing<SimplificationDatabase>,
  input: NoteAnswersInput,
): Promise<Written> =>
  changeSession(writing, 'noteInvitationAnswers', input, async (trx, session) => {
    if (session.state !== 'OPEN') refuse([NOT_OPEN]);
    const { answers } = input;
    if (answers.length < 1 || answers.length > MOST_ANSWERS)
      refuse([mistake('BAD_COUNT', `Expected 1 to ${MOST_ANSWERS} answers.`, 'answers')]);
    for (const { reference } of answers) cleanText(reference, 'answers');
    const unknown = new Set(await noteAnswers(trx, session.id, answers));
    refuse(
      answers.flatMap(({ reference }, rank) =>
        unknown.has(reference)
          ? [mistake('UNKNOWN_TESTER', 'This session did not ask such a tester.', 'answers', String(rank))]
          : [],
      ),
    );
    return { session, action: 'INVITATIONS_ANSWERED', told: { answers: answers.length } };
  });
