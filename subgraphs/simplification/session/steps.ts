import type { Written } from '../../../kernel/graphql/mutation.ts';
import { cleanText } from '../../../kernel/text.ts';
import { refuse } from '../../../kernel/write/refused.ts';
import { stateAfter } from '../../../kernel/write/workflow.ts';
import type { Writing } from '../../../kernel/write/writing.ts';
import { mistake } from '../submission/input.ts';
import type { SimplificationDatabase } from '../tables.ts';
import { changeSession, type OnSession } from './change.ts';
import { sessionWorkflow } from './session.workflow.ts';

type Work = Writing<SimplificationDatabase>;

/** Begins to invite testers. */
export const openSession = (writing: Work, input: OnSession): Promise<Written> =>
  changeSession(writing, 'openTestSession', input, async (_trx, session) => ({
    session: { ...session, state: stateAfter(sessionWorkflow, 'open', session.state) },
    action: 'TEST_SESSION_OPENED',
  }));

/** Makes the results public. */
export const publishSession = (writing: Work, input: OnSession): Promise<Written> =>
  changeSession(writing, 'publishTestSession', input, async (_trx, session) => ({
    session: { ...session, state: stateAfter(sessionWorkflow, 'publish', session.state) },
    action: 'TEST_SESSION_PUBLISHED',
  }));

const LONGEST_REASON = 1000;

/** A session that does not take place, and why. */
export const cancelSession = (writing: Work, input: OnSession & { reason: string }): Promise<Written> =>
  changeSession(writing, 'cancelTestSession', input, async (_trx, session) => {
    const state = stateAfter(sessionWorkflow, 'cancel', session.state);
    const reason = cleanText(input.reason, 'reason').trim();
    if (reason === '' || reason.length > LONGEST_REASON)
      refuse([mistake('BAD_REASON', `Expected 1 to ${LONGEST_REASON} characters.`, 'reason')]);
    return { session: { ...session, state }, action: 'TEST_SESSION_CANCELLED', reason };
  });
