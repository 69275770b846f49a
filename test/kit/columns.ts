import { type Kysely, type SelectType, sql } from 'kysely';

/** What a column gives at run time; `null` apart, which PostgreSQL does not know of the columns of a view. */
type Kind<T> = [T] extends [number]
  ? 'number'
  : [T] extends [boolean]
    ? 'boolean'
    : [T] extends [string]
      ? 'text'
      : [T] extends [Date]
        ? 'instant'
        : [T] extends [readonly string[]]
          ? 'texts'
          : 'json';

/** The columns of every table or view that a `tables.ts` describes; the compiler holds it against the row types. */
export type Columns<Database> = {
  [Table in keyof Database]: {
    [Column in keyof Database[Table]]: Kind<NonNullable<SelectType<Database[Table][Column]>>>;
  };
};

/** PostgreSQL types as the driver gives them (see `kernel/postgres/values.ts`). */
const KINDS: Record<string, string> = {
  text: 'text',
  date: 'text',
  uuid: 'text',
  bigint: 'text',
  numeric: 'text',
  smallint: 'number',
  integer: 'number',
  'double precision': 'number',
  boolean: 'boolean',
  jsonb: 'json',
  ARRAY: 'texts',
  'timestamp with time zone': 'instant',
};

/** The columns that a schema really has, by `schema.table`, views included. */
export async function columnsOf(
  db: Kysely<never>,
  schema: string,
): Promise<Record<string, Record<string, string>>> {
  const { rows } = await sql<{ table: string; column: string; type: string }>`
    select table_schema || '.' || table_name as "table", column_name as "column", data_type as type
      from information_schema.columns where table_schema = ${schema}`.execute(db);
  const found: Record<string, Record<string, string>> = {};
  for (const { table, column, type } of rows) {
    found[table] = { ...found[table], [column]: KINDS[type] ?? type };
  }
  return found;
}
