import { sql } from 'kysely';
import type { Writing } from '../../../kernel/write/writing.ts';
import type { ImprovementDatabase } from '../tables.ts';
import type { FactSource } from './sources.ts';

/**
 * Whether a network has a fact that the viewer may see, published or not: one that does not exist and one out of
 * reach are the same to whom names them.
 */
export async function isKnown<Row>(
  { agent }: Pick<Writing<ImprovementDatabase>, 'agent'>,
  { table }: FactSource<Row>,
  network: string,
  id: string,
): Promise<boolean> {
  const [working, published] = ['working', 'published'].map((read) =>
    sql.table(`improvement.${read}_${table}`),
  );
  const { rows } = await agent((trx) =>
    sql`
      select from ${working} where network_id = ${network} and id = ${id}
      union all select from ${published} where network_id = ${network} and id = ${id} limit 1`.execute(trx),
  );
  return rows.length > 0;
}
