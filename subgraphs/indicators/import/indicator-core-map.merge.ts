import { sql } from 'kysely';
import { captureBefore } from '../../../kernel/import/before.ts';
import { reportRows } from '../../../kernel/import/checks.ts';
import { oneOf, text } from '../../../kernel/import/columns.ts';
import { defineFeed } from '../../../kernel/import/feed.ts';
import { rejected } from '../../../kernel/import/problem.ts';
import { sheet } from '../../../kernel/import/sheet.ts';
import { INDICATOR } from './entities.ts';

const coreMapSheet = sheet({
  columns: {
    indicator: text({ header: ['indicateur', 'code_sp_de_l_indicateur'], required: true, max: 100 }),
    core: text({ header: ['indicateur_commun', 'tronc_commun'], max: 100 }),
    comparability: oneOf({
      header: ['comparabilite', 'comparabilité'],
      required: true,
      labels: {
        SAME_QUESTION: 'SAME_QUESTION',
        'même question': 'SAME_QUESTION',
        CLOSE: 'CLOSE',
        proche: 'CLOSE',
        OWN: 'OWN',
        propre: 'OWN',
      },
    }),
  },
  rule: ({ core, comparability }) =>
    (core === null) === (comparability === 'OWN')
      ? []
      : [
          rejected(
            'indicateur_commun',
            'REQUIRED',
            'expected an indicator of the common core, except for OWN',
          ),
        ],
});

/** The reviewed table that says which indicators may be compared across networks, and how closely. */
export const indicatorCoreMap = defineFeed({
  name: 'indicator-core-map',
  subgraph: 'indicators',
  description:
    "Reviewed link table: a network's indicator, the one of the common core, how comparable they are",
  input: coreMapSheet,
  duplicateKey: ['indicator'],
  scope: () => 'all',
  entities: [INDICATOR],
  async check(trx) {
    await reportRows(trx, {
      code: 'UNKNOWN_INDICATOR',
      severity: 'QUARANTINED',
      column: 'indicateur',
      message: 'no such indicator',
      sample: sql`s.indicator`,
      where: sql`not exists (select from indicators.indicator i where s.indicator in (i.id, i.code))`,
    });
    await reportRows(trx, {
      code: 'UNKNOWN_INDICATOR',
      severity: 'QUARANTINED',
      column: 'indicateur_commun',
      message: 'no such indicator in the common core',
      sample: sql`s.core`,
      where: sql`s.core is not null and not exists (
        select from indicators.indicator i where s.core in (i.id, i.code) and i.network_id is null and i.core_indicator_id is null)`,
    });
  },
  async merge(trx, { importId }) {
    await captureBefore(
      trx,
      importId,
      INDICATOR,
      sql`select i.id from import_row s join indicators.indicator i on s.indicator in (i.id, i.code)`,
    );
    const mapped = await sql`
      update indicators.indicator i
         set core_indicator_id = c.id, comparability = s.comparability, revision = i.revision + 1, import_id = ${importId}::uuid,
             import_row = s.line
        from import_row s left join indicators.indicator c on s.core in (c.id, c.code)
       where s.indicator in (i.id, i.code)
         and (i.core_indicator_id, i.comparability) is distinct from (c.id, s.comparability)`.execute(trx);
    const rows = await sql<{ rows: string }>`select count(*) as rows from import_row`.execute(trx);
    const updated = Number(mapped.numAffectedRows ?? 0);
    return { inserted: 0, updated, unchanged: Number(rows.rows[0]?.rows ?? 0) - updated, closed: 0 };
  },
});
