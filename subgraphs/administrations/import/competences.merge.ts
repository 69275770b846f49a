import { sql } from 'kysely';
import { captureBefore } from '../../../kernel/import/before.ts';
import { reportRows } from '../../../kernel/import/checks.ts';
import { code, text } from '../../../kernel/import/columns.ts';
import { defineFeed } from '../../../kernel/import/feed.ts';
import { communeId, networkId, siteId } from '../../../kernel/import/resolve.ts';
import { sheet } from '../../../kernel/import/sheet.ts';
import { competence } from './entities.ts';
import { written } from './written.ts';

/** Which site of a network serves a commune, where somebody knows it. */
export const competences = defineFeed({
  name: 'competences',
  subgraph: 'administrations',
  description: 'Which site of a network serves which commune',
  input: sheet({
    columns: {
      network: text({ header: 'reseau', required: true, max: 300 }),
      commune: code({
        header: ['commune', 'code_insee_commune'],
        required: true,
        pattern: /\d{5}|2[AB]\d{3}/,
        expected: 'the INSEE code of a commune',
      }),
      site: text({ header: ['site', 'identifiant_site'], required: true, max: 120 }),
    },
  }),
  duplicateKey: ['network', 'commune', 'site'],
  scope: () => 'all',
  async check(trx) {
    const unknown = (name: string, column: string, found: ReturnType<typeof siteId>, cell: string) =>
      reportRows(trx, {
        code: `UNKNOWN_${name}`,
        severity: 'QUARANTINED',
        column,
        message: `no such ${name.toLowerCase()}`,
        sample: sql`${sql.ref(`s.${cell}`)}`,
        where: sql`${found} is null`,
      });
    await unknown('NETWORK', 'reseau', networkId(sql`s.network`), 'network');
    await unknown('COMMUNE', 'commune', communeId(sql`s.commune`), 'commune');
    await unknown('SITE', 'site', siteId(sql`s.site`), 'site');
    await reportRows(trx, {
      code: 'OTHER_NETWORK',
      severity: 'QUARANTINED',
      column: 'reseau',
      message: 'this site belongs to another network',
      sample: sql`s.network`,
      where: sql`exists (select from directory.site d where d.id = ${siteId(sql`s.site`)}
        and d.network_id is distinct from ${networkId(sql`s.network`)})`,
    });
  },
  async merge(trx, { importId }) {
    const served = sql`
      select distinct on (1, 2, 3) ${communeId(sql`s.commune`)} as commune_id,
        ${networkId(sql`s.network`)} as network_id, ${siteId(sql`s.site`)} as site_id, s.line
      from import_row s order by 1, 2, 3, s.line`;
    await captureBefore(
      trx,
      importId,
      competence,
      sql`select commune_id, network_id, site_id from (${served}) v`,
    );
    return written(
      trx,
      sql`
        insert into directory.competence as t (commune_id, network_id, site_id, import_id, import_row)
        select commune_id, network_id, site_id, ${importId}::uuid, line from (${served}) v
        on conflict do nothing
        returning true as is_new`,
    );
  },
  entities: [competence],
});
