import { type Kysely, sql } from 'kysely';
import type { IndicatorsTables } from '../tables.ts';

/** What a network aims at, for itself or for one of its structures. */
export interface TargetRow {
  indicator_id: string;
  network_id: string;
  /** Empty: the whole network. */
  structure_id: string;
  period_start: string;
  period_end: string;
  value: string;
}

/** Every target of these indicators, the latest first. */
export function targetsOf(db: Kysely<IndicatorsTables>, indicators: readonly string[]): Promise<TargetRow[]> {
  return db
    .selectFrom('indicators.target')
    .select(['indicator_id', 'network_id', 'structure_id', 'period_start', 'period_end', 'value'])
    .where(sql<boolean>`indicator_id = any(${indicators}::text[])`)
    .orderBy('period_end', 'desc')
    .orderBy('period_start', 'desc')
    .orderBy('network_id')
    .orderBy('structure_id')
    .execute();
}

/** Which target a comparison shows. */
export interface TargetKey {
  indicator: string;
  network: string;
  /** The structure that the local figure is of, empty when it is of none. */
  structure: string;
  start: string;
  end: string;
}

/** The target of each key: the structure's own before the network's, the shortest span before a longer one. */
export async function targetsAt(
  db: Kysely<IndicatorsTables>,
  keys: readonly TargetKey[],
): Promise<(TargetKey & { value: string })[]> {
  const { rows } = await sql<TargetKey & { value: string }>`
    select k.indicator, k.network, k.structure, k.start, k."end", t.value
      from unnest(${keys.map((key) => key.indicator)}::text[], ${keys.map((key) => key.network)}::text[],
             ${keys.map((key) => key.structure)}::text[], ${keys.map((key) => key.start)}::date[],
             ${keys.map((key) => key.end)}::date[]) as k (indicator, network, structure, start, "end")
      cross join lateral (
        select t.value from indicators.target t
         where t.network_id = k.network and t.indicator_id = k.indicator and t.structure_id in ('', k.structure)
           and t.period_start <= k.start and t.period_end >= k."end"
         order by t.structure_id desc, t.period_end - t.period_start, t.period_start desc limit 1) t`.execute(
    db,
  );
  return rows;
}
