import { sql } from 'kysely';
import type { Entity } from '../before.ts';
import { captureBefore } from '../before.ts';
import { reportRows } from '../checks.ts';
import { code, date, decimal, oneOf, text } from '../columns.ts';
import { defineFeed } from '../feed.ts';
import { rejected } from '../problem.ts';
import { sheet } from '../sheet.ts';

/** Advisory lock that shows, to other connections, that the rows are merged and the transaction still open. */
export const MERGED = 424_242;

const result: Entity = { name: 'result', table: 'toy.result', key: ['id'] };

export const toySheet = sheet({
  columns: {
    id: code({
      header: 'Code du résultat',
      required: true,
      pattern: /[A-Z0-9-]{1,20}/,
      expected: 'a code of capitals and digits',
    }),
    structure: text({ header: ['Code structure', 'code_sp_structure'], required: true, max: 20 }),
    value: decimal({ header: 'Valeur', required: true }),
    unit: oneOf({ header: 'Unité', labels: { '%': 'PERCENT', Pourcentage: 'PERCENT', jours: 'DAYS' } }),
    label: text({ header: 'Libellé', max: 40 }),
    updated_on: date({ header: 'Date de mise à jour' }),
  },
  rule: ({ unit, value }) =>
    unit !== 'DAYS' && (Number(value) < 0 || Number(value) > 100)
      ? [rejected('Valeur', 'OUT_OF_RANGE', 'expected a rate between 0 and 100', value)]
      : [],
});

/** Replaces results by their code; `delay` keeps the transaction open, for tests of what happens meanwhile. */
export const toyResults = defineFeed({
  name: 'toy-results',
  subgraph: 'toy',
  description: 'Results of the toy subgraph',
  licence: 'Licence Ouverte 2.0',
  source: 'Toy office',
  input: toySheet,
  duplicateKey: ['id'],
  options: {
    period: { description: 'Year', pattern: /\d{4}/, expected: 'a year' },
    delay: { description: 'Seconds' },
  },
  scope: () => 'all',
  entities: [result],
  async check(trx) {
    await reportRows(trx, {
      code: 'UNKNOWN_STRUCTURE',
      severity: 'QUARANTINED',
      column: 'Code structure',
      message: 'expected the code of a known structure',
      sample: sql`s.structure`,
      where: sql`not exists (select from toy.structure t where t.id = s.structure)`,
    });
  },
  async merge(trx, { importId, options }) {
    await captureBefore(trx, importId, result, sql`select id from import_row`);
    const merged = await sql<{ inserted: number; changed: number; staged: number }>`
      with merged as (
        insert into toy.result as r (id, structure, value, label, updated_on, import_id)
        select id, structure, value, label, updated_on, ${importId}::uuid from import_row
        on conflict (id) do update set structure = excluded.structure, value = excluded.value,
          label = excluded.label, updated_on = excluded.updated_on, import_id = excluded.import_id
        where (r.structure, r.value, r.label, r.updated_on)
          is distinct from (excluded.structure, excluded.value, excluded.label, excluded.updated_on)
        returning (xmax = 0) as is_new
      )
      select count(*) filter (where is_new)::integer as inserted, count(*)::integer as changed,
        (select count(*)::integer from import_row) as staged
      from merged`.execute(trx);
    const { inserted, changed, staged } = merged.rows[0] ?? { inserted: 0, changed: 0, staged: 0 };
    await sql`select pg_advisory_xact_lock_shared(${MERGED})`.execute(trx);
    if (options['delay'] !== undefined) await sql`select pg_sleep(${options['delay']}::float8)`.execute(trx);
    return { inserted, updated: changed - inserted, unchanged: staged - changed, closed: 0 };
  },
});
