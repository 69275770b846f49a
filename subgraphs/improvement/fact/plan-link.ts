import { sql } from 'kysely';
import type { Writing } from '../../../kernel/write/writing.ts';
import type { ImprovementDatabase } from '../tables.ts';
import type { Mistakes } from './mistakes.ts';

/**
 * Checks that plans which something leads to are plans of its network that the viewer may see, published or not: one
 * that does not exist and one out of reach are the same mistake.
 * @param links ids with the path of each below `input`; null for none
 */
export async function checkPlans(
  { agent }: Pick<Writing<ImprovementDatabase>, 'agent'>,
  mistakes: Mistakes,
  network: string,
  links: readonly { id: string | null | undefined; at: readonly (string | number)[] }[],
): Promise<void> {
  const ids = links.flatMap(({ id }) => id ?? []);
  if (ids.length === 0) return;
  const { rows } = await agent((trx) =>
    sql<{ id: string }>`
      select id from improvement.working_action_plan where network_id = ${network} and id = any(${ids}::text[])
      union select id from improvement.published_action_plan where network_id = ${network} and id = any(${ids}::text[])
    `.execute(trx),
  );
  const known = new Set(rows.map(({ id }) => id));
  for (const { id, at } of links) {
    if (id && !known.has(id)) mistakes.add('UNKNOWN_PLAN', 'No such action plan of this network.', ...at);
  }
}
