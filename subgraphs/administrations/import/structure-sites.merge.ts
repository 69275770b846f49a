import { sql } from 'kysely';
import { captureBefore } from '../../../kernel/import/before.ts';
import { reportRows } from '../../../kernel/import/checks.ts';
import { date, oneOf, text } from '../../../kernel/import/columns.ts';
import { defineFeed } from '../../../kernel/import/feed.ts';
import { rejected } from '../../../kernel/import/problem.ts';
import { siteId, structureId, unknownSite } from '../../../kernel/import/resolve.ts';
import { sheet } from '../../../kernel/import/sheet.ts';
import { structureSite } from './entities.ts';
import { publishRevision, undoInDirectory } from './revision.ts';
import { written } from './written.ts';

const structureOf = structureId(sql`s.structure`);

/** The reviewed table that says which sites of the State directory belong to which structure. */
export const structureSites = defineFeed({
  name: 'structure-sites',
  subgraph: 'administrations',
  description: 'Links between structures (Code SP+) and sites of the directory, reviewed',
  source: 'Services Publics+ Hub',
  input: sheet({
    columns: {
      structure: text({ header: ['code_sp', 'structure'], required: true, max: 120 }),
      site: text({ header: ['site', 'identifiant_site'], required: true, max: 120 }),
      method: text({ header: 'methode', required: true, max: 100 }),
      confidence: oneOf({
        header: 'confiance',
        required: true,
        labels: {
          certaine: 'CERTAIN',
          certain: 'CERTAIN',
          probable: 'PROBABLE',
          possible: 'POSSIBLE',
        },
      }),
      valid_from: date({ header: 'debut' }),
      valid_to: date({ header: 'fin' }),
    },
    rule: (row) =>
      row.valid_from !== null && row.valid_to !== null && row.valid_from > row.valid_to
        ? [rejected('fin', 'OUT_OF_RANGE', 'expected an end after the beginning', row.valid_to)]
        : [],
  }),
  duplicateKey: ['structure', 'site'],
  scope: () => 'all',
  touchesDirectory: true,
  async check(trx) {
    await reportRows(trx, {
      code: 'UNKNOWN_STRUCTURE',
      severity: 'QUARANTINED',
      column: 'code_sp',
      message: 'no such structure',
      sample: sql`s.structure`,
      where: sql`${structureOf} is null`,
    });
    await reportRows(trx, {
      ...unknownSite,
      message: 'no such site: expected an UUID of the directory or a code such as caf-62041-01',
    });
  },
  async merge(trx, { importId }) {
    const links = sql`
      select distinct on (1, 2) ${structureOf} as structure_id, ${siteId(sql`s.site`)} as site_id, s.method,
        s.confidence, s.valid_from, s.valid_to, s.line
      from import_row s order by 1, 2, s.line`;
    await captureBefore(trx, importId, structureSite, sql`select structure_id, site_id from (${links}) l`);
    const report = await written(
      trx,
      sql`
        insert into directory.structure_site as t
          (structure_id, site_id, method, confidence, valid_from, valid_to, import_id, import_row)
        select structure_id, site_id, method, confidence, valid_from, valid_to, ${importId}::uuid, line
        from (${links}) l
        on conflict (structure_id, site_id) do update set method = excluded.method,
          confidence = excluded.confidence, valid_from = excluded.valid_from, valid_to = excluded.valid_to,
          import_id = excluded.import_id, import_row = excluded.import_row
        where (t.method, t.confidence, t.valid_from, t.valid_to)
          is distinct from (excluded.method, excluded.confidence, excluded.valid_from, excluded.valid_to)
        returning xmax = 0 as is_new`,
    );
    await publishRevision(trx, importId);
    return report;
  },
  entities: [structureSite],
  rollback: undoInDirectory([structureSite]),
});
