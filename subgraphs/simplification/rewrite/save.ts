import { refuse, type UserError } from '../../../kernel/write/refused.ts';
import type { Writing } from '../../../kernel/write/writing.ts';
import { dayOfStep, mistake, neededText, type Optional, textIn } from '../report/mistakes.ts';
import { commandOnReport, type ReportInput } from '../report/step.ts';
import type { SimplificationDatabase } from '../tables.ts';
import { columnsOf, criteria, type Scored } from './criteria.ts';
import { lastNumber } from './rewrite.query.ts';
import type { ExpertRole } from './tables.ts';

export interface SaveRewriteInput extends ReportInput {
  before: string;
  after: string;
  criteria: readonly Scored[];
  assessment?: Optional<string>;
  experts?: Optional<readonly ExpertRole[]>;
  on?: Optional<string>;
}

/** Longest text before or after, in characters. */
const LONGEST_TEXT = 20_000;
const LONGEST_ASSESSMENT = 4000;
const HIGHEST = 3;

/**
 * Keeps a new version of the text of a report, with its assessment by the four criteria of plain language. Versions
 * count from 1; none replaces another, and the last one is what is tested.
 *
 * @throws HubError as `commandOnReport`
 */
export const saveRewrite = (writing: Writing<SimplificationDatabase>, input: SaveRewriteInput) =>
  commandOnReport(
    writing,
    { name: 'saveRewrite', action: 'REWRITE_SAVED', verb: 'saveRewrite' },
    input,
    async (trx, report) => {
      const before = neededText(input.before, 'before', LONGEST_TEXT);
      const after = neededText(input.after, 'after', LONGEST_TEXT);
      const assessment = textIn(input.assessment, 'assessment', LONGEST_ASSESSMENT);
      const step = dayOfStep(report, input.on);
      refuse(
        [before, after, assessment, step]
          .flatMap(({ mistakes }) => mistakes)
          .concat(unscored(input.criteria)),
      );
      const scores = columnsOf(input.criteria);
      const number = (await lastNumber(trx, report.network_id, report.id)) + 1;
      const texts = { before: before.text, after: after.text, assessment: assessment.text };
      const experts = [...new Set(input.experts ?? [])];
      const { network_id, id: report_id } = report;
      await trx
        .insertInto('simplification.rewrite')
        .values({
          network_id,
          report_id,
          number,
          written_on: step.day,
          experts,
          ...texts,
          ...scores,
          ...UNPUBLISHED,
        })
        .execute();
      return {
        columns: { rewritten_on: step.day },
        told: { on: step.day, rewrite: number, experts, ...scores },
      };
    },
  );

/** Each criterion is scored once, 0 to 3. */
function unscored(scored: readonly Scored[]): UserError[] {
  const missing = criteria.filter(
    (wanted) => scored.filter(({ criterion }) => criterion === wanted).length !== 1,
  );
  const outside = scored.flatMap(({ before, after }, index) =>
    [before, after].every((score) => score >= 0 && score <= HIGHEST)
      ? []
      : [mistake('OUT_OF_RANGE', `Expected scores of 0 to ${HIGHEST}.`, 'criteria', String(index))],
  );
  return missing.length === 0
    ? outside
    : [
        mistake(
          'CRITERIA_INCOMPLETE',
          `Expected each criterion once: see ${missing.join(', ')}.`,
          'criteria',
        ),
        ...outside,
      ];
}

const UNPUBLISHED = { title: null, published_on: null, import_id: null, import_row: null };
