import { PostgresQueryCompiler, type RawBuilder } from 'kysely';
import pg from 'pg';

/**
 * The text of a statement with its parameters written out as literals: COPY takes no parameters. Values never come
 * near the text of the statement: the compiler writes each where it would have written `$1`.
 *
 * @throws Error for a value that is no text, number, boolean, null or list of texts
 */
export function written(statement: RawBuilder<unknown>): string {
  return new LiteralCompiler().compileQuery(statement.toOperationNode(), { queryId: 'export' }).sql;
}

class LiteralCompiler extends PostgresQueryCompiler {
  protected override appendValue(value: unknown): void {
    this.append(literal(value));
  }
}

function literal(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return pg.escapeLiteral(value);
  if (typeof value === 'boolean') return String(value);
  // Between parentheses: a cast binds more tightly than a sign.
  if (typeof value === 'number' && Number.isFinite(value)) return `(${value})`;
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) {
    return value.length === 0 ? `'{}'` : `array[${value.map((item) => pg.escapeLiteral(item)).join(', ')}]`;
  }
  throw new Error('an export cannot write such a value out');
}
