import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { ListArguments } from '../../../kernel/graphql/lists.ts';
import { forEachParent } from '../../../kernel/postgres/subject.ts';
import type { ImprovementDatabase } from '../tables.ts';

type Db = Kysely<ImprovementDatabase>;

/** A kind of national fact: public, of no place. */
export interface NationalSource<Row> {
  /** Of `improvement`; read through `published_<table>`. */
  table: string;
  columns: readonly (keyof Row & string)[];
  /** Lists show the latest first; what has no such day comes last. */
  day: keyof Row & string;
}

/** What a selection is restricted to, by columns that our code names; null restricts nothing. */
export interface NationalFilter {
  /** One of these values. */
  is?: Readonly<Record<string, readonly string[] | null | undefined>> | undefined;
  /** It has this value among its own. */
  has?: Readonly<Record<string, string | null | undefined>> | undefined;
  /** Of this day or later. */
  from?: Readonly<Record<string, string | null | undefined>> | undefined;
  /** Of this day or earlier. */
  until?: Readonly<Record<string, string | null | undefined>> | undefined;
}

/** What such lists hang under: nothing, or another fact by the column that names it. */
export type NationalParent = 'EVERYTHING' | `by ${string}`;

type Arguments = ListArguments<NationalParent, NationalFilter>;

const BEFORE_ALL = sql`'0001-01-01'::date`;
const viewOf = <Row>({ table }: NationalSource<Row>) => sql.table(`improvement.published_${table}`);
const columnsOf = <Row>({ columns }: NationalSource<Row>) =>
  sql.join(columns.map((column) => sql.ref(`f.${column}`)));
const dayOf = <Row>({ day }: NationalSource<Row>) => sql`coalesce(${sql.ref(`f.${day}`)}, ${BEFORE_ALL})`;

/** Those among `ids`, in any order. */
export async function nationalById<Row>(
  db: Db,
  source: NationalSource<Row>,
  ids: readonly string[],
): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select ${columnsOf(source)} from ${viewOf(source)} f where f.id = any(${[...ids]}::text[])`.execute(db);
  return rows;
}

/** One page of each parent, latest first. */
export async function latestNational<Row>(
  db: Db,
  source: NationalSource<Row>,
  { kind, filter, size, after }: Arguments,
  parents: readonly string[],
): Promise<(Row & { parent: string })[]> {
  const later = after
    ? sql`(${dayOf(source)}, f.id) < (coalesce(${after[0]}::date, ${BEFORE_ALL}), ${after[1]})`
    : sql`true`;
  const { rows } = await forEachParent(
    parents,
    (parent) => sql<Row>`
      select ${columnsOf(source)} from ${viewOf(source)} f
       where ${isSelected(kind, parent, filter)} and ${later}
       order by ${dayOf(source)} desc, f.id desc limit ${size}`,
  ).execute(db);
  return rows;
}

/** How many each parent has. */
export async function countNational<Row>(
  db: Db,
  source: NationalSource<Row>,
  { kind, filter }: Pick<Arguments, 'kind' | 'filter'>,
  parents: readonly string[],
): Promise<{ parent: string; count: number }[]> {
  const { rows } = await forEachParent(
    parents,
    (parent) => sql<{ count: number }>`
      select count(*)::int as count from ${viewOf(source)} f where ${isSelected(kind, parent, filter)}`,
  ).execute(db);
  return rows;
}

function isSelected(
  kind: NationalParent,
  parent: RawBuilder<string>,
  { is, has, from, until }: NationalFilter,
): RawBuilder<SqlBool> {
  const each = <T>(
    wanted: Readonly<Record<string, T | null | undefined>> | undefined,
    condition: (column: RawBuilder<unknown>, value: T) => RawBuilder<SqlBool>,
  ) =>
    Object.entries(wanted ?? {}).flatMap(([column, value]) =>
      value === null || value === undefined ? [] : [condition(sql.ref(`f.${column}`), value)],
    );
  return sql.join(
    [
      kind === 'EVERYTHING' ? sql`true` : sql`${sql.ref(`f.${kind.slice('by '.length)}`)} = ${parent}`,
      ...each(is, (column, values) => sql`${column} = any(${[...values]}::text[])`),
      ...each(has, (column, value) => sql`${value}::text = any(${column})`),
      ...each(from, (column, day) => sql`${column} >= ${day}::date`),
      ...each(until, (column, day) => sql`${column} <= ${day}::date`),
    ],
    sql` and `,
  );
}
