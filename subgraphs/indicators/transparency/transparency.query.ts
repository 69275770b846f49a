import { type Kysely, sql } from 'kysely';
import type { IndicatorsTables } from '../tables.ts';

/** A territory's rate of a year; every column but the territory is null where none is known. */
export interface TransparencyRow {
  territory_id: string;
  year: number | null;
  network_id: string;
  rate: string | null;
  basis: 'PUBLISHED' | 'COMPUTED_UNWEIGHTED' | null;
  publishing: number | null;
  expected: number | null;
  transparent: boolean | null;
  source: string | null;
  file_name: string | null;
  licence: string | null;
  imported_at: Date | null;
  published_on: string | null;
  import_row: number | null;
}

const COLUMNS = sql`
  t.rate, t.basis, t.publishing, t.expected, t.transparent, coalesce(i.source, i.feed) as source,
  i.file_name, i.licence, coalesce(i.finished_at, i.started_at) as imported_at, i.published_on, t.import_row`;

/**
 * The rate of each territory that exists, in one statement: of a year, or of the latest one known there when
 * `year` is null.
 */
export async function transparencyOf(
  db: Kysely<IndicatorsTables>,
  year: number | null,
  territories: readonly string[],
): Promise<TransparencyRow[]> {
  const { rows } = await sql<TransparencyRow>`
    select d.id as territory_id, coalesce(t.year, ${year}::integer) as year, 'ALL' as network_id, ${COLUMNS}
      from directory.territory d
      left join lateral (
        select t.year, t.rate, t.basis, t.publishing, t.expected, t.transparent, t.import_id, t.import_row
          from indicators.transparency t
         where t.territory_id = d.id and t.network_id = 'ALL' and (${year}::integer is null or t.year = ${year})
         order by t.year desc limit 1) t on true
      left join indicators.import i on i.id = t.import_id
     where d.id = any(${territories}::text[])`.execute(db);
  return rows;
}

/** A territory in a year. */
export interface TransparencyKey {
  territory: string;
  year: number;
}

/** The rates of the networks of territories, in one statement, the most transparent network first. */
export async function networkTransparencyOf(
  db: Kysely<IndicatorsTables>,
  keys: readonly TransparencyKey[],
): Promise<TransparencyRow[]> {
  const { rows } = await sql<TransparencyRow>`
    select t.territory_id, t.year, t.network_id, ${COLUMNS}
      from unnest(${keys.map((key) => key.territory)}::text[], ${keys.map((key) => key.year)}::integer[])
             as k (territory_id, year)
      join indicators.transparency t
        on t.territory_id = k.territory_id and t.year = k.year and t.network_id <> 'ALL'
      left join indicators.import i on i.id = t.import_id
     order by t.rate desc nulls last, t.network_id`.execute(db);
  return rows;
}
