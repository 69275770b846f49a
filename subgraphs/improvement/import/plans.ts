import { sql } from 'kysely';
import { reportRows } from '../../../kernel/import/checks.ts';
import type { ImportTransaction } from '../../../kernel/import/feed.ts';
import { networkId } from '../../../kernel/import/resolve.ts';

const network = networkId(sql`s.network`);

/** Sets aside the rows whose column `plan` names no plan of their network. */
export async function checkPlans(trx: ImportTransaction): Promise<void> {
  await reportRows(trx, {
    code: 'UNKNOWN_PLAN',
    severity: 'QUARANTINED',
    column: 'plan',
    message: 'no such plan of this network',
    sample: sql`s.plan`,
    where: sql`s.plan is not null and ${network} is not null and not exists (
      select from improvement.action_plan p where p.id = s.plan and p.network_id = ${network})`,
  });
}
