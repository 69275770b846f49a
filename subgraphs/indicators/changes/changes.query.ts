import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { ResultKey } from '../corrections/current.ts';
import { type FigureRow, RESULT_COLUMNS } from '../figure/figure.row.ts';
import type { IndicatorsTables } from '../tables.ts';

/** A result that changed, and what is known of it now; a withdrawn one has no value. */
export interface ResultChangeRow extends FigureRow {
  /** Publication that last changed what is known of the result; a whole number, as text. */
  changed_in: string;
  withdrawn: boolean;
  corrected: boolean;
  published_at: Date;
}

/** Where a reader stands: publication, then the key of a result. */
export type Position = readonly [
  changedIn: string,
  network: string,
  indicator: string,
  definition: string,
  subject: string,
  grain: string,
  start: string,
];

/** Which changes: from a publication on, of one network or of all. */
export interface ChangesAsked {
  from: string;
  network: string | null;
}

/** The first publication since a moment, null when there is none. */
export async function publicationSince(
  db: Kysely<IndicatorsTables>,
  since: string,
  overlap: string,
): Promise<string | null> {
  const { rows } = await sql<{ publication: string }>`
    select i.publication from indicators.import i
     where i.publication is not null and i.finished_at >= ${since}::timestamptz - ${overlap}::interval
     order by i.finished_at, i.publication limit 1`.execute(db);
  return rows[0]?.publication ?? null;
}

/** The columns of the two indexes of changes, which the order must follow. */
const KEY = sql`c.indicator_id, c.definition_version, c.subject_id, c.period_grain, c.period_start`;
const ORDER = sql`c.changed_in, c.network_id, ${KEY}`;
const ORDER_OF_NETWORK = sql`c.changed_in, ${KEY}`;

const CHANGE_COLUMNS = sql`r.changed_in, r.withdrawn, r.corrected, ${RESULT_COLUMNS},
  coalesce(p.finished_at, p.started_at) as published_at`;

/** Which part of the list: after a position, so many. */
export interface Slice {
  after: Position | null;
  limit: number;
}

/** Changes in the order of publication, after a position; one statement. */
export async function changePage(
  db: Kysely<IndicatorsTables>,
  asked: ChangesAsked,
  slice: Slice,
): Promise<ResultChangeRow[]> {
  return (await changeQuery(asked, slice).execute(db)).rows;
}

/** Reads no more of the index than it returns, however much changed. */
export function changeQuery(
  { from, network }: ChangesAsked,
  { after, limit }: Slice,
): RawBuilder<ResultChangeRow> {
  const order = network === null ? ORDER : ORDER_OF_NETWORK;
  return sql<ResultChangeRow>`
    select ${CHANGE_COLUMNS}
      from (select c.* from indicators.changed_result c
             where ${within({ from, network })} and ${beyond(after, network)}
             order by ${order} limit ${limit}) r
      join indicators.import p on p.publication = r.changed_in
     order by r.changed_in, r.network_id, r.indicator_id, r.definition_version, r.subject_id, r.period_grain,
              r.period_start`;
}

export async function countChanges(db: Kysely<IndicatorsTables>, asked: ChangesAsked): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from indicators.changed_result c where ${within(asked)}`.execute(db);
  return rows[0]?.count ?? 0;
}

const within = ({ from, network }: ChangesAsked): RawBuilder<boolean> =>
  network === null
    ? sql`c.changed_in >= ${from}::bigint`
    : sql`c.network_id = ${network} and c.changed_in >= ${from}::bigint`;

function beyond(after: Position | null, network: string | null): RawBuilder<boolean> {
  if (after === null) return sql`true`;
  const [changedIn, of, indicator, definition, subject, grain, start] = after;
  const key = sql`${indicator}, ${definition}::integer, ${subject}, ${grain}, ${start}::date`;
  return network === null
    ? sql`(${ORDER}) > (${changedIn}::bigint, ${of}, ${key})`
    : sql`(${ORDER_OF_NETWORK}) > (${changedIn}::bigint, ${key})`;
}

/** What is known of one result, null when it never was published. */
export async function changeOf(
  db: Kysely<IndicatorsTables>,
  key: ResultKey,
): Promise<ResultChangeRow | null> {
  const { rows } = await sql<ResultChangeRow>`
    select ${CHANGE_COLUMNS}
      from indicators.changed_result r
      join indicators.import p on p.publication = r.changed_in
     where r.network_id = ${key.network} and r.indicator_id = ${key.indicator}
       and r.definition_version = ${key.definition} and r.subject_id = ${key.subject}
       and r.period_grain = ${key.grain} and r.period_start = ${key.start}::date`.execute(db);
  return rows[0] ?? null;
}

/** Numbers of the publications that current results came with, those of `keys` that exist. */
export async function versionsOf(
  db: Kysely<IndicatorsTables>,
  keys: readonly ResultKey[],
): Promise<(ResultKey & { version: string })[]> {
  const { rows } = await sql<ResultKey & { version: string }>`
    select k.network, k.indicator, k.definition, k.subject, k.grain, k.start, r.publication_from as version
      from unnest(${keys.map((key) => key.network)}::text[], ${keys.map((key) => key.indicator)}::text[],
             ${keys.map((key) => key.definition)}::integer[], ${keys.map((key) => key.subject)}::text[],
             ${keys.map((key) => key.grain)}::text[], ${keys.map((key) => key.start)}::date[])
             as k (network, indicator, definition, subject, grain, start)
      join indicators.published_result r
        on r.network_id = k.network and r.indicator_id = k.indicator and r.definition_version = k.definition
       and r.subject_id = k.subject and r.period_grain = k.grain and r.period_start = k.start`.execute(db);
  return rows;
}
