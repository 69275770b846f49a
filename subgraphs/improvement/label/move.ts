import { sql } from 'kysely';
import type { Writing } from '../../../kernel/write/writing.ts';
import { today } from '../fact/mistakes.ts';
import { type Step, type StepInput, stepOf } from '../fact/step.ts';
import { type Content, changeFact } from '../fact/write.ts';
import type { ApplicationRow } from '../governance/tables.ts';
import type { ImprovementDatabase } from '../tables.ts';
import { APPLICATIONS } from './label.kind.ts';
import { labelWorkflow } from './label.workflow.ts';

type Db = Writing<ImprovementDatabase>;
type LabelStep = Step<ApplicationRow, keyof typeof labelWorkflow.steps>;

/** Takes one step of a label that is nobody's but DITP's. */
const decide = (writing: Db, name: string, step: Omit<LabelStep, 'flow'>, input: StepInput) =>
  changeFact<ApplicationRow, StepInput>(
    writing,
    { kind: APPLICATIONS, name, scope: 'labels:award' },
    input,
    stepOf(APPLICATIONS.noun, { flow: labelWorkflow, ...step }, input),
  );

/** Opens the review of an application. */
export const startReview = (writing: Db, name: string, input: StepInput) =>
  decide(writing, name, { verb: 'startReview' }, input);

/** Refuses an application, with a reason. */
export const refuseLabel = (writing: Db, name: string, input: StepInput) =>
  decide(writing, name, { verb: 'refuse', reasoned: true }, input);

/** Takes an awarded label back from today on, with a reason; it stays public, as it was. */
export const withdrawLabel = (writing: Db, name: string, input: StepInput) =>
  decide(writing, name, { verb: 'withdraw', reasoned: true, content: withdrawn }, input);

/** A label that was given for a day to come is taken back on that day. */
const withdrawn = (): Content => ({ withdrawn_on: sql`greatest(granted_on, ${today()}::date)` });
