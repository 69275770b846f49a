import { loaderPerArguments, rowLoader } from '../../../kernel/loader.ts';
import type { Reading } from '../fact/facts.ts';
import { progressOf } from './progress.query.ts';

/** Progress of plans by the day on which what is overdue is counted. */
export const progressLoader = (reading: Reading, read: 'published' | 'working') =>
  loaderPerArguments((asOf: string) =>
    rowLoader(
      (plans: readonly string[]) => reading((db) => progressOf(db, read, asOf, plans)),
      (plan) => plan,
      (row) => row.plan_id,
    ),
  );
