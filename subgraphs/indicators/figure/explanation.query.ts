import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Decimal } from '../../../kernel/decimal.ts';
import type { IndicatorsTables } from '../tables.ts';
import type { FigureKey } from './figure.query.ts';

/** The parts of a computed figure that came with one import. What is withheld counts as a part, and in nothing else. */
export interface PartsRow
  extends Pick<FigureKey, 'network' | 'indicator' | 'version' | 'grain' | 'start' | 'territory'> {
  parts: number;
  withheld: number;
  /** Shown parts without numerator and denominator. */
  without_counts: number;
  /** Shown parts that do not say how many answered. */
  without_respondents: number;
  /** Sum of the values shown. */
  total: Decimal | null;
  /** Sum of value × respondents, of the parts shown. */
  weighted: Decimal | null;
  source: string;
  file_name: string;
  licence: string | null;
  imported_at: Date;
  published_on: string | null;
}

/** Common table expression `k`: the keys of figures. */
export const keysOf = (keys: readonly FigureKey[]): RawBuilder<unknown> => sql`
  k as (
    select * from unnest(${keys.map((key) => key.network)}::text[], ${keys.map((key) => key.indicator)}::text[],
      ${keys.map((key) => key.version)}::integer[], ${keys.map((key) => key.grain)}::text[],
      ${keys.map((key) => key.start)}::date[], ${keys.map((key) => key.territory)}::text[])
      as k (network, indicator, version, grain, start, territory))`;

/** The results `r` of the group of a key `k`. */
export const IN_GROUP: RawBuilder<boolean> = sql`
  r.network_id = k.network and r.indicator_id = k.indicator and r.period_start = k.start
  and r.period_grain = k.grain and r.definition_version = k.version`;

/**
 * Joins to a result `r` where it stands: `x.departement_id`, and the région of `d`, else of `x`. What answers for a région
 * or the nation stands in no département, whatever its address.
 */
export const PLACED: RawBuilder<unknown> = sql`
  join lateral (
    select departement_id, region_id from directory.site s where r.subject_kind = 'SITE' and s.id = r.subject_id
    union all
    select case when s.level in ('SITE', 'DEPARTEMENT') then departement_id end,
           case when s.level <> 'NATIONAL' then region_id end
      from directory.structure s where r.subject_kind = 'STRUCTURE' and s.id = r.subject_id
    union all
    select case level when 'DEPARTEMENT' then t.id end, case level when 'REGION' then t.id else region_id end
      from directory.territory t where r.subject_kind = 'TERRITORY' and t.id = r.subject_id) x on true
  left join directory.territory d on d.id = x.departement_id`;

/** Such a result stands in the territory of the key. */
export const STANDS_IN: RawBuilder<boolean> = sql`
  k.territory in ('FR', x.departement_id, coalesce(d.region_id, d.parent_id, x.region_id))`;

/** Which units are in the figures of territories, import by import, in one statement. */
export async function partsOf(db: Kysely<IndicatorsTables>, keys: readonly FigureKey[]): Promise<PartsRow[]> {
  const { rows } = await sql<PartsRow>`
    with ${keysOf(keys)}
    select k.network, k.indicator, k.version, k.grain, k.start, k.territory,
           count(*)::integer as parts, count(r.suppressed)::integer as withheld,
           count(*) filter (where r.suppressed is null and num_nulls(r.numerator, r.denominator) > 0)::integer
             as without_counts,
           count(*) filter (where r.suppressed is null and r.respondents is null)::integer as without_respondents,
           sum(r.value) as total, sum(r.value * r.respondents) as weighted,
           coalesce(i.source, i.feed) as source, i.file_name, i.licence,
           coalesce(i.finished_at, i.started_at) as imported_at, i.published_on
      from k
      join indicators.published_result r on ${IN_GROUP} and r.is_unit
      ${PLACED}
      join indicators.import i on i.id = r.import_id
     where ${STANDS_IN}
     group by k.network, k.indicator, k.version, k.grain, k.start, k.territory, i.id
     order by i.publication`.execute(db);
  return rows;
}

/** What holds for all figures of a network. */
export interface RulesRow {
  network: string;
  /** Respondents under which a rate is withheld. */
  threshold: number;
  /** Year of the official geographic code that territories are taken from. */
  vintage: number | null;
  /** The network, then those that succeeded it: it is counted on the sites of all of them. */
  counted_on: string[];
}

/** The rules of networks, in one statement. */
export async function rulesOf(
  db: Kysely<IndicatorsTables>,
  networks: readonly string[],
): Promise<RulesRow[]> {
  const { rows } = await sql<RulesRow>`
    with recursive chain (network, id, depth) as (
      select n, n collate "C", 0 from unnest(${networks}::text[]) n
      union
      select c.network, n.successor_id, c.depth + 1 from chain c join directory.network n on n.id = c.id
       where n.successor_id is not null and c.depth < 8)
    select c.network, s.suppression_threshold as threshold,
           (select t.vintage from directory.territory t where t.id = 'FR') as vintage,
           array_agg(c.id order by c.depth) as counted_on
      from chain c cross join indicators.directory_state s
     group by c.network, s.suppression_threshold`.execute(db);
  return rows;
}
