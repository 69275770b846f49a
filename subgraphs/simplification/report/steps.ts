import { refuse } from '../../../kernel/write/refused.ts';
import type { Writing } from '../../../kernel/write/writing.ts';
import type { SimplificationDatabase } from '../tables.ts';
import { dayOfStep, neededText, type Optional } from './mistakes.ts';
import { commandOnReport, type ReportInput } from './step.ts';

/** Longest reason, in characters. */
const LONGEST_REASON = 1000;

export interface ReasonInput extends ReportInput {
  reason: string;
  on?: Optional<string>;
}

/** Begins the rewriting of a report. @throws HubError as `commandOnReport` */
export const startRewrite = (writing: Writing<SimplificationDatabase>, input: ReportInput) =>
  commandOnReport(
    writing,
    { name: 'startRewrite', action: 'REWRITE_STARTED', verb: 'startRewrite' },
    input,
    async () => ({ columns: {} }),
  );

/**
 * The test was not good enough: the text is written again, and will be tested again. What was tested stays known.
 * @throws HubError as `commandOnReport`
 */
export const rewriteAgain = (writing: Writing<SimplificationDatabase>, input: ReasonInput) =>
  commandOnReport(
    writing,
    { name: 'rewriteAgain', action: 'REWRITE_STARTED_AGAIN', verb: 'rewriteAgain' },
    input,
    async () => {
      const { text: reason, mistakes } = neededText(input.reason, 'reason', LONGEST_REASON);
      refuse(mistakes);
      return { columns: { tested_on: null }, reason };
    },
  );

/** It will not be rewritten, for a reason. @throws HubError as `commandOnReport` */
export const declineReport = (writing: Writing<SimplificationDatabase>, input: ReasonInput) =>
  commandOnReport(
    writing,
    { name: 'declineReport', action: 'REPORT_DECLINED', verb: 'decline' },
    input,
    async (_trx, report) => {
      const { text: reason, mistakes } = neededText(input.reason, 'reason', LONGEST_REASON);
      const step = dayOfStep(report, input.on);
      refuse([...mistakes, ...step.mistakes]);
      return {
        columns: { declined_on: step.day, decline_reason: reason },
        told: { on: step.day },
        reason,
      };
    },
  );

/**
 * Takes a declined report up again, from its examination: days of steps begin anew, and readers see it once it is
 * triaged again.
 * @throws HubError as `commandOnReport`
 */
export const reopenReport = (writing: Writing<SimplificationDatabase>, input: ReasonInput) =>
  commandOnReport(
    writing,
    { name: 'reopenReport', action: 'REPORT_REOPENED', verb: 'reopen' },
    input,
    async () => {
      const { text: reason, mistakes } = neededText(input.reason, 'reason', LONGEST_REASON);
      refuse(mistakes);
      const days = { triaged_on: null, rewritten_on: null, tested_on: null, declined_on: null };
      return { columns: { ...days, published: false, decline_reason: null }, reason };
    },
  );
