import { type RawBuilder, sql } from 'kysely';
import { captureBefore, type Entity } from './before.ts';
import type { ImportTransaction, MergeReport } from './feed.ts';

/**
 * Writes staged rows into a table with `import_id` and `import_row`: new keys are added, changed rows changed, equal
 * ones left alone with their provenance. What was there is captured, so that `entities` undoes it.
 * @param values SQL of each column on the staged row `s`, the columns of the key among them
 * @param from what `s` is, one row per key, with its `line`
 */
export async function keepRows(
  trx: ImportTransaction,
  importId: string,
  entity: Entity,
  values: Readonly<Record<string, RawBuilder<unknown>>>,
  from: RawBuilder<unknown> = sql`import_row s`,
): Promise<MergeReport> {
  const names = Object.keys(values);
  const list = (alias?: string, of: readonly string[] = names) =>
    sql.join(of.map((name) => sql.ref(alias === undefined ? name : `${alias}.${name}`)));
  const cells = sql.join(Object.entries(values).map(([name, value]) => sql`${value} as ${sql.ref(name)}`));
  const staged = sql`select ${cells}, s.line as import_row from ${from}`;
  await captureBefore(trx, importId, entity, sql`select ${list(undefined, entity.key)} from (${staged}) v`);
  const { rows } = await sql<{ inserted: number; updated: number; total: number }>`
    with staged as materialized (${staged}),
    written as (
      insert into ${sql.table(entity.table)} as t (${list()}, import_id, import_row)
      select ${list()}, ${importId}::uuid, import_row from staged
      on conflict (${list(undefined, entity.key)}) do update set
        (${list()}, import_id, import_row) = (${list('excluded')}, excluded.import_id, excluded.import_row)
        where (${list('t')}) is distinct from (${list('excluded')})
      returning xmax = 0 as is_new
    )
    select (count(*) filter (where is_new))::int as inserted, (count(*) filter (where not is_new))::int as updated,
      (select count(*) from staged)::int as total
    from written`.execute(trx);
  const { inserted = 0, updated = 0, total = 0 } = rows[0] ?? {};
  return { inserted, updated, unchanged: total - inserted - updated, closed: 0 };
}
