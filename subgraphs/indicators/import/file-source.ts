import { sql } from 'kysely';
import { reportRows } from '../../../kernel/import/checks.ts';
import type { ImportTransaction } from '../../../kernel/import/feed.ts';

/** A file has one source and one licence, which its provenance names: other ones need another file. */
export async function checkOneSource(trx: ImportTransaction): Promise<void> {
  const { rows } = await sql<{ source: boolean; licence: boolean }>`
    select min(source) <> max(source) as source, min(licence) <> max(licence) as licence from import_row`.execute(
    trx,
  );
  for (const name of ['source', 'licence'] as const) {
    if (!rows[0]?.[name]) continue;
    await reportRows(trx, {
      code: 'SEVERAL_SOURCES',
      severity: 'REJECTED',
      column: name,
      message: `expected the same ${name} in the whole file`,
      sample: sql.ref(`s.${name}`),
      where: sql`${sql.ref(`s.${name}`)} <> (select min(${sql.ref(name)}) from import_row)`,
    });
  }
}

/** What the file says of its own source wins over what is said of the feed. */
export async function keepSource(trx: ImportTransaction, importId: string): Promise<void> {
  await sql`
    update indicators.import i set source = coalesce(f.source, i.source), licence = coalesce(f.licence, i.licence)
      from (select min(source) as source, min(licence) as licence from import_row) f
     where i.id = ${importId} and (f.source is not null or f.licence is not null)`.execute(trx);
}
