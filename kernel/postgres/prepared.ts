import { type CompiledQuery, type QueryExecutorProvider, type RawBuilder, sql } from 'kysely';

/** Where a value goes that each execution has of its own. */
class Slot {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** Stands for each value of `V` while a statement is written. */
export type Slots<V> = { readonly [Name in keyof V]: RawBuilder<V[Name]> };

/** Runs one statement with values of its own. */
export type Prepared<V, R> = (db: QueryExecutorProvider, values: V) => Promise<readonly R[]>;

/**
 * A statement that is written and compiled once, for the hottest reads: Kysely compiles at each execution, which costs a long
 * statement as much as sending it. What it says may depend on nothing but `V`.
 */
export function prepared<V extends object, R>(write: (values: Slots<V>) => RawBuilder<R>): Prepared<V, R> {
  let compiled: CompiledQuery<R> | undefined;
  return async (db, values) => {
    compiled ??= write(slots as Slots<V>).compile(db);
    const parameters = compiled.parameters.map((parameter) =>
      parameter instanceof Slot ? values[parameter.name as keyof V] : parameter,
    );
    return (await db.getExecutor().executeQuery<R>({ ...compiled, parameters })).rows;
  };
}

/** One statement for each form that arguments give it; forms are few. */
export function preparedBy<F, V extends object, R>(
  write: (form: F, values: Slots<V>) => RawBuilder<R>,
): (form: F) => Prepared<V, R> {
  const known = new Map<string, Prepared<V, R>>();
  return (form) => {
    const key = JSON.stringify(form);
    const found = known.get(key) ?? prepared<V, R>((values) => write(form, values));
    known.set(key, found);
    return found;
  };
}

const slots: unknown = new Proxy({}, { get: (_target, name) => sql.val(new Slot(String(name))) });
