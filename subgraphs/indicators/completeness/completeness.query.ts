import { type Kysely, sql } from 'kysely';
import type { PeriodGrain } from '../../../kernel/period.ts';
import type { IndicatorsTables, SubjectKind } from '../tables.ts';
import { unitStatus } from './units.ts';

/** Who publishes in a network in a year; `year` is null when the network never published. */
export interface CompletenessRow {
  network_id: string;
  year: number | null;
  latest_grain: PeriodGrain | null;
  latest_start: string | null;
  expected: number;
  publishing: number;
  /** Units that have a result, however old. */
  with_result: number;
  /** Units whose latest result is older than a year. */
  stale: number;
  /** Day of the latest result. */
  latest_on: string | null;
}

/** Completeness of networks, in one statement. `today` (ISO date) is when results are a year old or not. */
export async function completenessOf(
  db: Kysely<IndicatorsTables>,
  { year, today }: { year: number | null; today: string },
  networks: readonly string[],
): Promise<CompletenessRow[]> {
  const { rows } = await sql<CompletenessRow>`
    with recursive ${unitStatus(networks, year)}
    select w.network_id, w.year, w.latest_grain, w.latest_start, coalesce(s.expected, 0) as expected,
           coalesce(s.publishing, 0) as publishing, coalesce(s.with_result, 0) as with_result,
           coalesce(s.stale, 0) as stale, s.latest_on
      from wanted w
      left join (
        select network_id, count(*)::integer as expected,
               (count(*) filter (where this_year))::integer as publishing,
               count(latest_on)::integer as with_result,
               (count(*) filter (where latest_on < ${today}::date - interval '1 year'))::integer as stale,
               max(latest_on) as latest_on
          from status group by network_id) s on s.network_id = w.network_id`.execute(db);
  return rows;
}

/** A site, a structure or a territory that should publish. */
export interface UnitRow {
  id: string;
  name: string;
  kind: SubjectKind;
  latest_on: string | null;
}

/** A page of the units of a network that published nothing in a year, by id. */
export async function missingUnits(
  db: Kysely<IndicatorsTables>,
  network: string,
  year: number | null,
  { after, limit }: { after: string | null; limit: number },
): Promise<UnitRow[]> {
  const { rows } = await sql<UnitRow>`
    with recursive ${unitStatus([network], year)}
    select s.id, s.name, s.kind, s.latest_on from status s
     where not s.this_year and (${after}::text is null or s.id > ${after})
     order by s.id limit ${limit}`.execute(db);
  return rows;
}
