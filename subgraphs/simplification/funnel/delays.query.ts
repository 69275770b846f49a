import { type RawBuilder, sql } from 'kysely';
import type { Delay, DelayStep } from './funnel.ts';

/** Each step with the day that it began and the day that it ended on. */
const STEPS: Readonly<Record<DelayStep, { from: string; to: string }>> = {
  TRIAGE: { from: 'received_on', to: 'triaged_on' },
  REWRITE: { from: 'triaged_on', to: 'rewritten_on' },
  TEST: { from: 'rewritten_on', to: 'tested_on' },
  DISSEMINATION: { from: 'tested_on', to: 'disseminated_on' },
};

/** The value of a percentile of days, one decimal. */
export const percentile = (share: number, days: RawBuilder<unknown>): RawBuilder<string | null> =>
  sql`round((percentile_cont(${sql.lit(share)}) within group (order by ${days}))::numeric, 1)`;

/** An aggregate over reports `r`: `Delay` of every step, in their order. */
export const delays: RawBuilder<Delay[]> = sql`jsonb_build_array(${sql.join(
  Object.entries(STEPS).map(([step, { from, to }]) => {
    const days = sql`${sql.ref(`r.${to}`)} - ${sql.ref(`r.${from}`)}`;
    return sql`jsonb_build_object('step', ${sql.lit(step)}, 'reports', count(${days})::int,
      'median_days', ${percentile(0.5, days)}::text, 'p90_days', ${percentile(0.9, days)}::text)`;
  }),
)})`;
