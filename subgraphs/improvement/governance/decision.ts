import { sql } from 'kysely';
import { stateAfter } from '../../../kernel/write/workflow.ts';
import type { Writing } from '../../../kernel/write/writing.ts';
import { checkCommitments } from '../fact/commitments.ts';
import { Mistakes, today } from '../fact/mistakes.ts';
import { type Step, stepOf } from '../fact/step.ts';
import type { Trx } from '../fact/write.ts';
import type { DatedInput } from '../major/move.ts';
import type { ImprovementDatabase } from '../tables.ts';
import { decisionWorkflow } from './decision.workflow.ts';
import { DECISIONS } from './governance.kind.ts';
import { changeNational, type NationalSave, saveNational } from './national.write.ts';
import type { DecisionRow } from './tables.ts';

type Db = Writing<ImprovementDatabase>;
type Optional<T> = T | null | undefined;

export interface SaveDecisionInput extends NationalSave {
  session: string;
  words: string;
  commitments?: Optional<readonly string[]>;
  dueOn?: Optional<string>;
  majorAction?: Optional<string>;
}

/** Tells what a session decided, or replaces what was told while nothing has come of it. */
export const saveDecision = (writing: Db, input: SaveDecisionInput) =>
  saveNational<DecisionRow, SaveDecisionInput>(
    writing,
    { kind: DECISIONS, name: 'saveDecision' },
    input,
    async (trx, before) => {
      if (before !== null) stateAfter(decisionWorkflow, 'carryOut', before.state);
      const mistakes = new Mistakes();
      const { session, majorAction } = input;
      if (!(await exists(trx, 'governance_session', session)))
        mistakes.add('UNKNOWN_SESSION', 'No such session.', 'session');
      if (majorAction && !(await exists(trx, 'major_action', majorAction)))
        mistakes.add('UNKNOWN_MAJOR_ACTION', 'No such major action.', 'majorAction');
      const content = {
        session_id: session,
        words: mistakes.saidText(input.words, 2000, 'words'),
        commitment_ids: await checkCommitments(trx, mistakes, input.commitments ?? [], 'commitments'),
        due_on: input.dueOn ?? null,
        major_action_id: majorAction ?? null,
        state: decisionWorkflow.initial,
      };
      mistakes.refuse();
      return content;
    },
  );

const end = (
  writing: Db,
  name: string,
  step: Pick<Step<DecisionRow, keyof typeof decisionWorkflow.steps>, 'verb' | 'reasoned'>,
  input: DatedInput,
) =>
  changeNational<DecisionRow, DatedInput>(
    writing,
    { kind: DECISIONS, name },
    input,
    stepOf<DecisionRow, keyof typeof decisionWorkflow.steps>(
      DECISIONS.noun,
      {
        flow: decisionWorkflow,
        ...step,
        async content(trx, { session_id }, mistakes) {
          const ended_on = mistakes.pastDay(input.on, today(), 'on') ?? today();
          mistakes.order(await dayOf(trx, session_id), ended_on, 'on');
          return { ended_on };
        },
      },
      input,
    ),
  );

/** Tells that a decision was carried out. */
export const carryOutDecision = (writing: Db, name: string, input: DatedInput) =>
  end(writing, name, { verb: 'carryOut' }, input);

/** Gives a decision up, with a reason that everybody reads. */
export const abandonDecision = (writing: Db, name: string, input: DatedInput) =>
  end(writing, name, { verb: 'abandon', reasoned: true }, input);

async function exists(trx: Trx, table: string, id: string): Promise<boolean> {
  const { rows } = await sql`select from ${sql.table(`improvement.${table}`)} where id = ${id}`.execute(trx);
  return rows.length > 0;
}

async function dayOf(trx: Trx, session: string): Promise<string | null> {
  const { rows } = await sql<{ held_on: string }>`
    select held_on from improvement.governance_session where id = ${session}`.execute(trx);
  return rows[0]?.held_on ?? null;
}
