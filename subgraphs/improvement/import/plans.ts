import { reportRows } from '../../../kernel/import/checks.ts';
import type { ImportTransaction } from '../../../kernel/import/feed.ts';
import { unknownInNetwork } from '../../../kernel/import/resolve.ts';

/** Sets aside the rows whose column `plan` names no plan of their network. */
export const checkPlans = (trx: ImportTransaction) =>
  reportRows(
    trx,
    unknownInNetwork({
      code: 'UNKNOWN_PLAN',
      column: 'plan',
      message: 'no such plan of this network',
      named: 'plan',
      table: 'improvement.action_plan',
    }),
  );
