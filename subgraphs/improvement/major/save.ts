import { sql } from 'kysely';
import { stateAfter } from '../../../kernel/write/workflow.ts';
import type { Writing } from '../../../kernel/write/writing.ts';
import { checkCommitments } from '../fact/commitments.ts';
import { Mistakes, today } from '../fact/mistakes.ts';
import type { Trx } from '../fact/write.ts';
import { type NationalSave, saveNational } from '../governance/national.write.ts';
import type { MajorRow, MajorState, Milestone } from '../governance/tables.ts';
import type { ImprovementDatabase } from '../tables.ts';
import { MAJORS } from './major.kind.ts';
import { majorWorkflow } from './major.workflow.ts';

type Optional<T> = T | null | undefined;

interface MilestoneInput {
  title: string;
  dueOn?: Optional<string>;
  doneOn?: Optional<string>;
}

export interface SaveMajorInput extends NationalSave {
  network?: Optional<string>;
  title: string;
  description?: Optional<string>;
  commitments?: Optional<readonly string[]>;
  milestones: readonly MilestoneInput[];
}

const MOST_MILESTONES = 50;

/**
 * Makes a major action, which is planned, or replaces what one says while it has not ended: the milestones in their
 * order, with the days of those that are reached.
 */
export const saveMajorAction = (writing: Writing<ImprovementDatabase>, input: SaveMajorInput) =>
  saveNational<MajorRow, SaveMajorInput>(
    writing,
    { kind: MAJORS, name: 'saveMajorAction' },
    input,
    async (trx, before) => {
      // What has ended is told no more: as impossible as to stop it.
      if (before !== null) stateAfter(majorWorkflow, 'stop', before.state);
      const state: MajorState = before?.state ?? majorWorkflow.initial;
      const mistakes = new Mistakes();
      const network = input.network ?? null;
      if (network !== null && !(await isNetwork(trx, network)))
        mistakes.add('UNKNOWN_NETWORK', 'No such network.', 'network');
      const content = {
        network_id: network,
        title: mistakes.saidText(input.title, 300, 'title'),
        description: mistakes.text(input.description, 4000, 'description'),
        commitment_ids: await checkCommitments(trx, mistakes, input.commitments ?? [], 'commitments'),
        milestones: sql`${JSON.stringify(milestones(input.milestones, state, mistakes))}::jsonb`,
        state,
      };
      mistakes.refuse();
      return content;
    },
  );

function milestones(given: readonly MilestoneInput[], state: MajorState, mistakes: Mistakes): Milestone[] {
  if (given.length > MOST_MILESTONES)
    mistakes.add('TOO_MANY', `Expected ${MOST_MILESTONES} milestones at most.`, 'milestones');
  return given.map(({ title, dueOn, doneOn }, rank) => {
    if (doneOn && state === 'PLANNED')
      mistakes.add(
        'CONTRADICTORY_STATE',
        'Expected no day before the action began.',
        'milestones',
        rank,
        'doneOn',
      );
    return {
      title: mistakes.saidText(title, 300, 'milestones', rank, 'title'),
      dueOn: dueOn ?? null,
      doneOn: mistakes.pastDay(doneOn, today(), 'milestones', rank, 'doneOn'),
    };
  });
}

async function isNetwork(trx: Trx, id: string): Promise<boolean> {
  const { rows } = await sql`select from directory.network where id = ${id}`.execute(trx);
  return rows.length > 0;
}
