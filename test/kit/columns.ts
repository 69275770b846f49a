import { type Kysely, type SelectType, sql } from 'kysely';

/** What a column gives at run time; the compiler holds the words of a test against the row types. */
type Kind<T> = [T] extends [number]
  ? 'number'
  : [T] extends [boolean]
    ? 'boolean'
    : [T] extends [string]
      ? 'text'
      : [T] extends [Date]
        ? 'instant'
        : [T] extends [Buffer]
          ? 'bytes'
          : [T] extends [readonly string[]]
            ? 'texts'
            : [T] extends [readonly number[]]
              ? 'numbers'
              : 'json';
type Described<T> = null extends T ? `${Kind<NonNullable<T>>} null` : Kind<T>;

/** The columns of every table or view that a `tables.ts` describes, in words, by `schema.table`. */
export type Columns<Database> = {
  [Table in keyof Database]: {
    [Column in keyof Database[Table]]: Described<SelectType<Database[Table][Column]>>;
  };
};

/** PostgreSQL types as the driver gives them (see `kernel/postgres/values.ts`). */
const KINDS: Record<string, string> = {
  text: 'text',
  date: 'text',
  uuid: 'text',
  int8: 'text',
  numeric: 'text',
  int2: 'number',
  int4: 'number',
  float8: 'number',
  bool: 'boolean',
  jsonb: 'json',
  timestamptz: 'instant',
  xid8: 'text',
  bytea: 'bytes',
  _text: 'texts',
  _numeric: 'texts',
  _int4: 'numbers',
};

/**
 * The columns that a schema really has and that the role of `db` sees, in the words of `described`. A view does not
 * tell which of its columns may be null: there `described` is believed.
 */
export async function columnsOf<DB>(
  db: Kysely<DB>,
  schema: string,
  described: Record<string, Record<string, string>>,
): Promise<Record<string, Record<string, string>>> {
  const { rows } = await sql<{
    table: string;
    column: string;
    type: string;
    nullable: boolean;
    view: boolean;
  }>`
    select c.table_schema || '.' || c.table_name as "table", c.column_name as "column", c.udt_name as type,
      -- A generated column follows columns that are not null; PostgreSQL does not say so.
      c.is_nullable = 'YES' and c.is_generated = 'NEVER' as nullable, t.table_type = 'VIEW' as view
    from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = ${schema} and c.table_name not like 'kysely%' and c.table_name <> 'import_before'`.execute(
    db,
  );
  const found: Record<string, Record<string, string>> = {};
  for (const { table, column, type, nullable, view } of rows) {
    const columns = (found[table] ??= {});
    const mayBeNull = view ? described[table]?.[column]?.endsWith(' null') : nullable;
    columns[column] = `${KINDS[type] ?? type}${mayBeNull ? ' null' : ''}`;
  }
  return found;
}
