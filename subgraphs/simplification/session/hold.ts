import type { Written } from '../../../kernel/graphql/mutation.ts';
import { cleanText } from '../../../kernel/text.ts';
import { refuse, type UserError } from '../../../kernel/write/refused.ts';
import { stateAfter } from '../../../kernel/write/workflow.ts';
import type { Writing } from '../../../kernel/write/writing.ts';
import { mistake } from '../submission/input.ts';
import type { SimplificationDatabase } from '../tables.ts';
import { changeSession, type OnSession } from './change.ts';
import { sessionWorkflow } from './session.workflow.ts';
import { foreignReports } from './write.query.ts';

/** How the trial of one document went, as it is sent. */
export interface ResultInput {
  report: string;
  testers: number;
  understood: number;
  completed: number;
}

export interface HoldSessionInput extends OnSession {
  heldOn: string;
  participants: number;
  remarks?: string | null | undefined;
  results: readonly ResultInput[];
}

const LONGEST_REMARKS = 4000;
const MOST_RESULTS = 20;

/** A session took place: how many came, and how each document was understood. */
export const holdSession = (
  writing: Writing<SimplificationDatabase>,
  input: HoldSessionInput,
): Promise<Written> =>
  changeSession(writing, 'holdTestSession', input, async (trx, session) => {
    const state = stateAfter(sessionWorkflow, 'hold', session.state);
    const remarks = cleanText(input.remarks ?? '', 'remarks').trim() || null;
    const reports = input.results.map(({ report }) => cleanText(report, 'results'));
    refuse(mistakesOf(input, remarks));
    const foreign = new Set(await foreignReports(trx, session.network_id, reports));
    refuse(
      reports.flatMap((report, rank) =>
        foreign.has(report)
          ? [
              mistake(
                'UNKNOWN_REPORT',
                'Expected a report of this network.',
                'results',
                String(rank),
                'report',
              ),
            ]
          : [],
      ),
    );
    const results = input.results.map(({ report, ...counts }) => ({ ...counts, report_id: report }));
    const { participants, heldOn: held_on } = input;
    return {
      session: { ...session, state, held_on, participants, remarks, results },
      action: 'TEST_SESSION_HELD',
      told: { results },
    };
  });

function mistakesOf(
  { heldOn, participants, results }: HoldSessionInput,
  remarks: string | null,
): UserError[] {
  const today = new Date().toISOString().slice(0, 10);
  return [
    ...(heldOn > today ? [mistake('FUTURE', 'Expected a day that has come.', 'heldOn')] : []),
    ...(participants < 1
      ? [mistake('OUT_OF_RANGE', 'Expected at least one participant.', 'participants')]
      : []),
    ...((remarks?.length ?? 0) > LONGEST_REMARKS
      ? [mistake('TOO_LONG', `Expected ${LONGEST_REMARKS} characters at most.`, 'remarks')]
      : []),
    ...(results.length === 0 || results.length > MOST_RESULTS
      ? [mistake('BAD_COUNT', `Expected 1 to ${MOST_RESULTS} results.`, 'results')]
      : []),
    ...results.flatMap((result, rank) => resultMistakes(result, rank, participants)),
    ...results.flatMap(({ report }, rank) =>
      results.findIndex((other) => other.report === report) < rank
        ? [mistake('DUPLICATE', 'This report has a result already.', 'results', String(rank), 'report')]
        : [],
    ),
  ];
}

function resultMistakes(
  { testers, understood, completed }: ResultInput,
  rank: number,
  participants: number,
): UserError[] {
  const wrong = (name: string, message: string) =>
    mistake('OUT_OF_RANGE', message, 'results', String(rank), name);
  return [
    ...(testers < 1 || testers > participants
      ? [wrong('testers', 'Expected at least 1, and not more than participated.')]
      : []),
    ...(understood < 0 || understood > testers ? [wrong('understood', 'Expected 0 to `testers`.')] : []),
    ...(completed < 0 || completed > testers ? [wrong('completed', 'Expected 0 to `testers`.')] : []),
  ];
}
