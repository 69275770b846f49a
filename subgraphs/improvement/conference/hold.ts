import { sql } from 'kysely';
import type { Versioned, Writing } from '../../../kernel/write/writing.ts';
import { commitmentsAmong } from '../fact/commitments.ts';
import { type Mistakes, today } from '../fact/mistakes.ts';
import { checkPlans } from '../fact/plan-link.ts';
import { stepOf } from '../fact/step.ts';
import { changeFact, type Trx } from '../fact/write.ts';
import type { ConferenceRow, Priority } from '../governance/tables.ts';
import type { ImprovementDatabase } from '../tables.ts';
import { CONFERENCES } from './conference.kind.ts';
import { conferenceWorkflow } from './conference.workflow.ts';

interface PriorityInput {
  words: string;
  commitment?: string | null | undefined;
  plan?: string | null | undefined;
}

type Count = number | null | undefined;

export interface HoldInput extends Versioned {
  id: string;
  heldOn: string;
  users?: Count;
  agents?: Count;
  localPartners?: Count;
  electedOfficials?: Count;
  reviewShared: boolean;
  summary?: string | null | undefined;
  priorities: readonly PriorityInput[];
}

const MOST_PRIORITIES = 20;
const MOST_PRESENT = 100_000;

/**
 * Tells of a conference that was held: its day, how many of each college were there, and the priorities that it set,
 * in their order. With fewer than two colleges it is no conference of stakeholders (an assumption of the hub).
 */
export const holdConference = (writing: Writing<ImprovementDatabase>, input: HoldInput) =>
  changeFact<ConferenceRow, HoldInput>(
    writing,
    { kind: CONFERENCES, name: 'holdConference' },
    input,
    stepOf<ConferenceRow, keyof typeof conferenceWorkflow.steps>(
      CONFERENCES.noun,
      {
        flow: conferenceWorkflow,
        verb: 'hold',
        content: async (trx, row, mistakes) => ({
          held_on: mistakes.pastDay(input.heldOn, today(), 'heldOn'),
          ...colleges(input, mistakes),
          review_shared: input.reviewShared,
          summary: mistakes.text(input.summary, 4000, 'summary'),
          priorities: sql`${JSON.stringify(await priorities(writing, trx, row.network_id, input, mistakes))}::jsonb`,
        }),
      },
      {},
    ),
  );

function colleges(input: HoldInput, mistakes: Mistakes) {
  const present = {
    users: input.users ?? 0,
    agents: input.agents ?? 0,
    local_partners: input.localPartners ?? 0,
    elected_officials: input.electedOfficials ?? 0,
  };
  for (const name of ['users', 'agents', 'localPartners', 'electedOfficials'] as const) {
    const count = input[name] ?? 0;
    if (count < 0 || count > MOST_PRESENT)
      mistakes.add('OUT_OF_RANGE', `Expected a number from 0 to ${MOST_PRESENT}.`, name);
  }
  if (Object.values(present).filter((count) => count > 0).length < 2)
    mistakes.add('TOO_FEW_COLLEGES', 'Expected participants of two colleges at least.');
  return present;
}

async function priorities(
  writing: Writing<ImprovementDatabase>,
  trx: Trx,
  network: string,
  { priorities: given }: HoldInput,
  mistakes: Mistakes,
): Promise<Priority[]> {
  if (given.length > MOST_PRIORITIES)
    mistakes.add('TOO_MANY', `Expected ${MOST_PRIORITIES} priorities at most.`, 'priorities');
  const known = await commitmentsAmong(
    trx,
    given.flatMap(({ commitment }) => commitment ?? []),
  );
  await checkPlans(
    writing,
    mistakes,
    network,
    given.map(({ plan }, rank) => ({ id: plan, at: ['priorities', rank, 'plan'] })),
  );
  return given.map(({ words, commitment, plan }, rank) => {
    if (commitment && !known.has(commitment))
      mistakes.add('UNKNOWN_COMMITMENT', 'No such commitment.', 'priorities', rank, 'commitment');
    return {
      words: mistakes.saidText(words, 500, 'priorities', rank, 'words'),
      commitmentId: commitment ?? null,
      planId: plan ?? null,
    };
  });
}
