import { type Kysely, sql } from 'kysely';
import type { DefinitionTable, Family, IndicatorsTables, IndicatorTable } from '../tables.ts';

/** One version of one indicator: what identifies it, and what it then means. */
export type DefinitionRow = DefinitionTable &
  Pick<IndicatorTable, 'code' | 'network_id' | 'core_indicator_id' | 'comparability'> & {
    /** Rises with every change of the indicator. */
    revision: number;
  };

const DEFINITION = sql<DefinitionRow>`
  n.code, n.network_id, n.core_indicator_id, n.comparability, n.revision, d.indicator_id, d.version, d.title, d.user_title,
  d.question, d.family, d.unit, d.direction, d.frequency, d.formula, d.sources, d.methods, d.valid_from`;

/** Every version of these indicators, oldest first. */
export async function definitionsOf(
  db: Kysely<IndicatorsTables>,
  ids: readonly string[],
): Promise<DefinitionRow[]> {
  const { rows } = await sql<DefinitionRow>`
    select ${DEFINITION}
      from indicators.indicator n join indicators.definition d on d.indicator_id = n.id
     where n.id = any(${ids}::text[])
     order by n.id, d.version`.execute(db);
  return rows;
}

/** Which indicators; null leaves a condition out. */
export interface IndicatorFilter {
  /** Its own indicators, and those of the common core that it publishes. */
  network: string | null;
  family: Family | null;
  /** Those of the common core, or all the others. */
  core: boolean | null;
  /** Words of a title, whatever their case and accents. */
  search: string | null;
}

const matching = ({ network, family, core, search }: IndicatorFilter) => sql<boolean>`
  (${network}::text is null or n.network_id = ${network} or exists (
    select from indicators.figure f where f.network_id = ${network} and f.indicator_id = n.id))
  and (${core}::boolean is null or (n.network_id is null and n.core_indicator_id is null) = ${core})
  and exists (
    select from indicators.definition d
     where d.indicator_id = n.id
       and d.version = (select max(l.version) from indicators.definition l where l.indicator_id = n.id)
       and (${family}::text is null or d.family = ${family})
       and (${search}::text is null
         or position(nullif(directory.label_key(${search}), '') in directory.label_key(d.title || ' ' || d.user_title)) > 0))`;

/** Ids of a page of indicators, in the order of their ids. */
export async function indicatorPage(
  db: Kysely<IndicatorsTables>,
  filter: IndicatorFilter,
  { after, limit }: { after: string | null; limit: number },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select n.id from indicators.indicator n
     where ${matching(filter)} and (${after}::text is null or n.id > ${after})
     order by n.id limit ${limit}`.execute(db);
  return rows.map((row) => row.id);
}

/** How many indicators a filter selects. */
export async function countIndicators(
  db: Kysely<IndicatorsTables>,
  filter: IndicatorFilter,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from indicators.indicator n where ${matching(filter)}`.execute(db);
  return rows[0]?.count ?? 0;
}

/** An indicator of a network: its own, or one of the common core that it publishes. */
export interface NetworkIndicatorRow {
  network_id: string;
  indicator_id: string;
}

/** The indicators of networks, of one family or all, in one statement. */
export async function indicatorsOfNetworks(
  db: Kysely<IndicatorsTables>,
  family: Family | null,
  networks: readonly string[],
): Promise<NetworkIndicatorRow[]> {
  const { rows } = await sql<NetworkIndicatorRow>`
    with used as (
      select n.network_id, n.id as indicator_id from indicators.indicator n
       where n.network_id = any(${networks}::text[])
      union
      select k.network_id, n.id
        from unnest(${networks}::text[]) as k (network_id)
        join indicators.indicator n on n.network_id is null
       where exists (select from indicators.figure f
                      where f.network_id = k.network_id and f.indicator_id = n.id))
    select u.network_id, u.indicator_id
      from used u
      join lateral (select d.family from indicators.definition d where d.indicator_id = u.indicator_id
                     order by d.version desc limit 1) d on ${family}::text is null or d.family = ${family}
     order by u.network_id, u.indicator_id`.execute(db);
  return rows;
}

/** What an indicator proves. */
export interface ProofRow {
  indicator_id: string;
  commitment_id: string;
}

/** The commitments that indicators prove. */
export function commitmentsOf(
  db: Kysely<IndicatorsTables>,
  indicators: readonly string[],
): Promise<ProofRow[]> {
  return db
    .selectFrom('indicators.indicator_commitment')
    .select(['indicator_id', 'commitment_id'])
    .where(sql<boolean>`indicator_id = any(${indicators}::text[])`)
    .orderBy('commitment_id')
    .execute();
}

/** The indicators that prove commitments. */
export function provesOf(db: Kysely<IndicatorsTables>, commitments: readonly string[]): Promise<ProofRow[]> {
  return db
    .selectFrom('indicators.indicator_commitment')
    .select(['indicator_id', 'commitment_id'])
    .where(sql<boolean>`commitment_id = any(${commitments}::text[])`)
    .orderBy('indicator_id')
    .execute();
}
