import { sql } from 'kysely';
import { refuse } from '../../../kernel/write/refused.ts';
import type { Keyed, Writing } from '../../../kernel/write/writing.ts';
import { Mistakes } from '../fact/mistakes.ts';
import { noSuch, reach } from '../fact/reach.ts';
import { ACTIONS, PLANS } from '../fact/sources.ts';
import { changeFact, makeFact, type Trx } from '../fact/write.ts';
import type { ActionRow, ImprovementDatabase, OwnerRole, PlanStatus } from '../tables.ts';

type Optional<T> = T | null | undefined;

export interface SaveActionInput extends Keyed {
  plan?: Optional<string>;
  id?: Optional<string>;
  version?: Optional<number>;
  title: string;
  description?: Optional<string>;
  ownerRole: OwnerRole;
  ownerWords?: Optional<string>;
  dueOn?: Optional<string>;
  public?: Optional<boolean>;
}

/** Makes an action of a plan, about whom the plan is, or replaces what one says. */
export async function saveAction(writing: Writing<ImprovementDatabase>, input: SaveActionInput) {
  const command = { kind: ACTIONS, name: 'saveAction' };
  const { id, plan } = input;
  if (id !== null && id !== undefined) {
    const existing = { ...input, id, version: input.version ?? 0 };
    return changeFact<ActionRow, typeof existing>(writing, command, existing, async (_trx, row) => {
      if (plan !== null && plan !== undefined && plan !== row.plan_id) refuse([PLAN_STAYS]);
      return { content: contentOf(input), action: 'ACTION_SAVED' };
    });
  }
  if (plan === null || plan === undefined) return { done: null, userErrors: [PLAN_NEEDED] };
  const at = await reach(writing, PLANS, plan);
  return makeFact(writing, command, input, at.subject, async (trx) => {
    await demandOpen(trx, at.network, plan);
    return { ...contentOf(input), plan_id: plan, status: 'TO_DO' };
  });
}

/** Refuses a new action of a plan that is over, under a lock that keeps it from ending meanwhile. */
async function demandOpen(trx: Trx, network: string, plan: string): Promise<void> {
  const { rows } = await sql<{ status: PlanStatus }>`
    select status from improvement.action_plan where network_id = ${network} and id = ${plan} for share`.execute(
    trx,
  );
  const status = rows[0]?.status;
  if (status === undefined) throw noSuch(PLANS.noun);
  if (status === 'DONE' || status === 'ABANDONED')
    refuse([{ code: 'PLAN_IS_OVER', message: `This plan is ${status}.`, path: ['input', 'plan'] }]);
}

function contentOf(input: SaveActionInput) {
  const mistakes = new Mistakes();
  const words = mistakes.text(input.ownerWords, 120, 'ownerWords');
  if (words !== null && words.includes('@'))
    mistakes.add('PERSONAL_DATA', 'Expected a role, never the address of a person.', 'ownerWords');
  if (input.ownerRole === 'OTHER' && words === null)
    mistakes.add('REQUIRED', 'Expected the role in words.', 'ownerWords');
  const content = {
    title: mistakes.saidText(input.title, 300, 'title'),
    description: mistakes.text(input.description, 2000, 'description'),
    owner_role: input.ownerRole,
    owner_words: words,
    due_on: input.dueOn ?? null,
    published: input.public ?? true,
  };
  mistakes.refuse();
  return content;
}

const PLAN_NEEDED = {
  code: 'REQUIRED',
  message: 'Expected the plan of a new action, or the id of the one to change.',
  path: ['input', 'plan'],
};

const PLAN_STAYS = {
  code: 'BAD_SUBJECT',
  message: 'An action stays with its plan: leave it out.',
  path: ['input', 'plan'],
};
