import { parsePeriod } from '../../../kernel/period.ts';
import type { Writing } from '../../../kernel/write/writing.ts';
import { commitmentsAmong } from '../fact/commitments.ts';
import { idOf } from '../fact/ids.ts';
import { isKnown } from '../fact/known.ts';
import { Mistakes, today } from '../fact/mistakes.ts';
import { DIAGNOSES, GAPS, PLANS } from '../fact/sources.ts';
import { type SaveInput, saveFact } from '../fact/write.ts';
import type { GapRow, GapSeverity, ImprovementDatabase } from '../tables.ts';

type Optional<T> = T | null | undefined;

export interface SaveGapInput extends SaveInput {
  observedOn: string;
  severity: GapSeverity;
  diagnosis?: Optional<string>;
  indicator?: Optional<string>;
  commitment?: Optional<string>;
  period?: Optional<string>;
  target?: Optional<string>;
  actual?: Optional<string>;
  cause?: Optional<string>;
  source?: Optional<string>;
  plan?: Optional<string>;
}

/** A decimal as people type it; kept as it is said, but for the comma. */
const DECIMAL = /^-?\d{1,12}(?:[.,]\d{1,6})?$/;

/** Makes a gap between a result and its target, or replaces what one says. */
export const saveGap = (writing: Writing<ImprovementDatabase>, input: SaveGapInput) =>
  saveFact<GapRow, SaveGapInput>(writing, { kind: GAPS, name: 'saveGap' }, input, async (trx, subject) => {
    const mistakes = new Mistakes();
    const { indicator = null, commitment = null, diagnosis = null, plan = null } = input;
    if (indicator === null && commitment === null)
      mistakes.add('REQUIRED', 'Expected an indicator, or a commitment.', 'indicator');
    if (indicator !== null && !idOf('IND').test(indicator))
      mistakes.add('BAD_ID', 'Expected an id as IND-27.', 'indicator');
    if (commitment !== null && !(await commitmentsAmong(trx, [commitment])).has(commitment))
      mistakes.add('UNKNOWN_COMMITMENT', 'No such commitment.', 'commitment');
    const { network_id } = subject;
    if (diagnosis !== null && !(await isKnown(writing, DIAGNOSES, network_id, diagnosis)))
      mistakes.add('UNKNOWN_DIAGNOSIS', 'No such self-diagnosis of this network.', 'diagnosis');
    if (plan !== null && !(await isKnown(writing, PLANS, network_id, plan)))
      mistakes.add('UNKNOWN_PLAN', 'No such action plan of this network.', 'plan');
    const content = {
      observed_on: mistakes.pastDay(input.observedOn, today(), 'observedOn'),
      severity: input.severity,
      diagnosis_id: diagnosis,
      indicator_id: indicator,
      commitment_id: commitment,
      period: periodIn(mistakes, input.period),
      target: decimalIn(mistakes, input.target, 'target'),
      actual: decimalIn(mistakes, input.actual, 'actual'),
      cause: mistakes.text(input.cause, 2000, 'cause'),
      source: mistakes.text(input.source, 300, 'source'),
      plan_id: plan,
    };
    if (content.source === null && (content.target !== null || content.actual !== null))
      mistakes.add('REQUIRED', 'Expected where the values come from.', 'source');
    mistakes.refuse();
    return content;
  });

function decimalIn(mistakes: Mistakes, value: Optional<string>, at: string): string | null {
  if (value === null || value === undefined) return null;
  if (!DECIMAL.test(value)) mistakes.add('NOT_A_NUMBER', 'Expected a decimal such as 78.5.', at);
  return value.replace(',', '.');
}

function periodIn(mistakes: Mistakes, value: Optional<string>): string | null {
  if (value === null || value === undefined) return null;
  try {
    return parsePeriod(value).label;
  } catch {
    mistakes.add('BAD_PERIOD', 'Expected a period such as 2025, 2025-S1, 2025-T3 or 2025-07.', 'period');
    return null;
  }
}
