import { randomUUID } from 'node:crypto';
import { cleanText } from '../../../kernel/text.ts';
import { refuse, type UserError } from '../../../kernel/write/refused.ts';
import type { Writing } from '../../../kernel/write/writing.ts';
import { dayOfStep, mistake, type Optional, textIn } from '../report/mistakes.ts';
import { commandOnReport, type ReportInput } from '../report/step.ts';
import { wasHeld } from '../session/write.query.ts';
import type { SimplificationDatabase } from '../tables.ts';
import { lastNumber } from './rewrite.query.ts';

export interface UserTestInput extends ReportInput {
  /** Number of the version that was tested. */
  rewrite: number;
  testers: number;
  understood: number;
  completed: number;
  remarks?: Optional<string>;
  on?: Optional<string>;
  /** The session in which it took place. */
  session?: Optional<string>;
}

const LONGEST_REMARKS = 4000;

/**
 * Tells how users did with the last version of the text: how many tried, understood, and did what the document asks.
 * Several tests of one version add up.
 *
 * @throws HubError as `commandOnReport`
 */
export const recordUserTest = (writing: Writing<SimplificationDatabase>, input: UserTestInput) =>
  commandOnReport(
    writing,
    { name: 'recordUserTest', action: 'USER_TEST_RECORDED', verb: 'recordUserTest' },
    input,
    async (trx, report) => {
      const { rewrite, testers, understood, completed } = input;
      const { text: remarks, mistakes } = textIn(input.remarks, 'remarks', LONGEST_REMARKS);
      const step = dayOfStep(report, input.on);
      const { network_id, id: report_id } = report;
      const last = await lastNumber(trx, network_id, report_id);
      const session = cleanText(input.session ?? '', 'session') || null;
      refuse([...mistakes, ...step.mistakes, ...otherVersion(rewrite, last), ...countMistakes(input)]);
      if (session !== null && !(await wasHeld(trx, network_id, session))) refuse([NO_SESSION]);
      const figures = { rewrite, testers, understood, completed };
      await trx
        .insertInto('simplification.user_test')
        .values({
          ...figures,
          id: `TEST-${randomUUID()}`,
          network_id,
          report_id,
          tested_on: step.day,
          remarks,
          session_id: session,
          import_id: null,
          import_row: null,
        })
        .execute();
      return { columns: { tested_on: step.day }, told: { on: step.day, ...figures, session } };
    },
  );

const NO_SESSION = mistake(
  'UNKNOWN_SESSION',
  'Expected a test session of this network that was held.',
  'session',
);

function otherVersion(rewrite: number, last: number): UserError[] {
  if (last === 0) return [mistake('NOT_REWRITTEN', 'There is no text yet that could be tested.', 'rewrite')];
  return rewrite === last
    ? []
    : [mistake('NOT_THE_LAST', `Expected a test of the last version, ${last}.`, 'rewrite')];
}

function countMistakes({ testers, understood, completed }: UserTestInput): UserError[] {
  if (testers < 1 || testers > MOST)
    return [mistake('OUT_OF_RANGE', `Expected 1 to ${MOST} testers.`, 'testers')];
  return Object.entries({ understood, completed }).flatMap(([name, count]) =>
    count >= 0 && count <= testers
      ? []
      : [mistake('OUT_OF_RANGE', 'Expected no more than there were testers.', name)],
  );
}

const MOST = 100_000;
