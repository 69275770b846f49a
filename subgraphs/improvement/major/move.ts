import { sql } from 'kysely';
import type { Writing } from '../../../kernel/write/writing.ts';
import { today } from '../fact/mistakes.ts';
import { type Step, type StepInput, stepOf } from '../fact/step.ts';
import { changeNational } from '../governance/national.write.ts';
import type { MajorRow } from '../governance/tables.ts';
import type { ImprovementDatabase } from '../tables.ts';
import { MAJORS } from './major.kind.ts';
import { majorWorkflow } from './major.workflow.ts';

type Db = Writing<ImprovementDatabase>;

/** The input of a step that is taken on a day: today when omitted. */
export interface DatedInput extends StepInput {
  on?: string | null | undefined;
}

export interface ReachInput extends DatedInput {
  /** Rank among the milestones, from 0. */
  milestone: number;
}

const move = <Input extends StepInput>(
  writing: Db,
  name: string,
  step: Omit<Step<MajorRow, keyof typeof majorWorkflow.steps>, 'flow'>,
  input: Input,
) =>
  changeNational<MajorRow, Input>(
    writing,
    { kind: MAJORS, name },
    input,
    stepOf(MAJORS.noun, { flow: majorWorkflow, ...step }, input),
  );

/** Begins a major action. */
export const startMajorAction = (writing: Db, name: string, input: DatedInput) =>
  move(
    writing,
    name,
    {
      verb: 'start',
      content: (_trx, _row, mistakes) => ({
        started_on: mistakes.pastDay(input.on, today(), 'on') ?? today(),
      }),
    },
    input,
  );

/** Ends a major action, of which no milestone is left. */
export const finishMajorAction = (writing: Db, name: string, input: DatedInput) =>
  move(
    writing,
    name,
    {
      verb: 'finish',
      content(_trx, { milestones, started_on }, mistakes) {
        const left = milestones.filter(({ doneOn }) => doneOn === null).length;
        if (left > 0)
          mistakes.add('MILESTONES_LEFT', `Expected every milestone to be reached; ${left} are left.`, 'id');
        const ended_on = mistakes.pastDay(input.on, today(), 'on') ?? today();
        mistakes.order(started_on, ended_on, 'on');
        return { ended_on };
      },
    },
    input,
  );

/** Gives a major action up, with a reason that everybody reads. */
export const stopMajorAction = (writing: Db, name: string, input: DatedInput) =>
  move(
    writing,
    name,
    {
      verb: 'stop',
      reasoned: true,
      content(_trx, { started_on }, mistakes) {
        const ended_on = mistakes.pastDay(input.on, today(), 'on') ?? today();
        mistakes.order(started_on, ended_on, 'on');
        return { ended_on };
      },
    },
    input,
  );

/** Tells on which day a milestone was reached; told again, the last day holds. */
export const reachMilestone = (writing: Db, input: ReachInput) =>
  move(
    writing,
    'reachMilestone',
    {
      verb: 'reachMilestone',
      content(_trx, { milestones }, mistakes) {
        const { milestone } = input;
        const doneOn = mistakes.pastDay(input.on, today(), 'on') ?? today();
        if (milestones[milestone] === undefined)
          mistakes.add('OUT_OF_RANGE', `Expected a rank below ${milestones.length}.`, 'milestone');
        const told = milestones.map((each, rank) => (rank === milestone ? { ...each, doneOn } : each));
        return { milestones: sql`${JSON.stringify(told)}::jsonb` };
      },
    },
    input,
  );
