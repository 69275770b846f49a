import type { Writing } from '../../../kernel/write/writing.ts';
import { type Step, type StepInput, stepOf } from '../fact/step.ts';
import { changeFact } from '../fact/write.ts';
import type { ConferenceRow } from '../governance/tables.ts';
import type { ImprovementDatabase } from '../tables.ts';
import { CONFERENCES } from './conference.kind.ts';
import { conferenceWorkflow } from './conference.workflow.ts';

type Db = Writing<ImprovementDatabase>;
type ConferenceStep = Step<ConferenceRow, keyof typeof conferenceWorkflow.steps>;

const move = (writing: Db, name: string, step: Omit<ConferenceStep, 'flow'>, input: StepInput) =>
  changeFact<ConferenceRow, StepInput>(
    writing,
    { kind: CONFERENCES, name },
    input,
    stepOf(CONFERENCES.noun, { flow: conferenceWorkflow, ...step }, input),
  );

/** Makes the report of a conference public. */
export const publishConference = (writing: Db, name: string, input: StepInput) =>
  move(writing, name, { verb: 'publish', content: () => ({ published: true, retracted: false }) }, input);

/** Takes the report out of the public, with a reason, so that it can be told anew. */
export const takeBackConference = (writing: Db, name: string, input: StepInput) =>
  move(
    writing,
    name,
    { verb: 'takeBack', reasoned: true, content: () => ({ published: false, retracted: true }) },
    input,
  );

/** Gives up a conference that has not been held, with a reason. */
export const cancelConference = (writing: Db, name: string, input: StepInput) =>
  move(writing, name, { verb: 'cancel', reasoned: true }, input);
