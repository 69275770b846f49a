import { sql } from 'kysely';
import { captureBefore } from '../../../kernel/import/before.ts';
import { reportRows } from '../../../kernel/import/checks.ts';
import { code, date, oneOf, text } from '../../../kernel/import/columns.ts';
import { defineFeed, type ImportTransaction } from '../../../kernel/import/feed.ts';
import { sheet } from '../../../kernel/import/sheet.ts';
import { commitmentDisplay, networkCommitment } from './entities.ts';
import { networkId, siteId, unknownNetwork, unknownSite } from './resolve.ts';
import { written } from './written.ts';

/** Id of the commitment that a cell names: COMMITMENT-E4, E4, COMMITMENT-2021-4 or 2021-4. */
const commitmentOf = sql`(
  select c.id from administrations.commitment c where c.id in (s.commitment, 'COMMITMENT-' || s.commitment))`;

async function reportUnknown(trx: ImportTransaction): Promise<void> {
  await reportRows(trx, unknownNetwork);
  await reportRows(trx, {
    code: 'UNKNOWN_COMMITMENT',
    severity: 'QUARANTINED',
    column: 'engagement',
    message: 'expected a commitment such as E4, or 2021-4',
    sample: sql`s.commitment`,
    where: sql`${commitmentOf} is null`,
  });
}

/** Each network declines the common commitments in its own words. */
export const commitmentWordings = defineFeed({
  name: 'commitment-wordings',
  subgraph: 'administrations',
  description: 'How each network words the commitments',
  input: sheet({
    columns: {
      network: text({ header: 'reseau', required: true, max: 300 }),
      commitment: text({ header: 'engagement', required: true, max: 40 }),
      wording: text({ header: 'formulation', required: true, max: 2000 }),
      valid_from: date({ header: 'depuis' }),
    },
  }),
  duplicateKey: ['network', 'commitment'],
  scope: () => 'all',
  check: reportUnknown,
  async merge(trx, { importId }) {
    const wordings = sql`
      select distinct on (1, 2) ${networkId(sql`s.network`)} as network_id, ${commitmentOf} as commitment_id,
        s.wording, s.valid_from
      from import_row s order by 1, 2, s.line`;
    await captureBefore(
      trx,
      importId,
      networkCommitment,
      sql`select network_id, commitment_id from (${wordings}) w`,
    );
    return written(
      trx,
      sql`
        insert into administrations.network_commitment as t
          (network_id, commitment_id, wording, valid_from, import_id)
        select network_id, commitment_id, wording, valid_from, ${importId}::uuid from (${wordings}) w
        on conflict (network_id, commitment_id) do update set wording = excluded.wording,
          valid_from = excluded.valid_from, import_id = excluded.import_id
        where (t.wording, t.valid_from) is distinct from (excluded.wording, excluded.valid_from)
        returning xmax = 0 as is_new`,
    );
  },
  entities: [networkCommitment],
});

/** Who displays which commitment, where (a reception place or the web), since when. */
export const commitmentDisplays = defineFeed({
  name: 'commitment-displays',
  subgraph: 'administrations',
  description: 'Where commitments are displayed, and since when',
  input: sheet({
    columns: {
      network: text({ header: 'reseau', required: true, max: 300 }),
      commitment: text({ header: 'engagement', required: true, max: 40 }),
      site: text({ header: 'site', max: 120 }),
      place: oneOf({
        header: 'lieu',
        required: true,
        labels: { accueil: 'RECEPTION', web: 'WEB', 'site internet': 'WEB' },
      }),
      url: code({ header: 'url', pattern: /https?:\/\/\S+/, expected: 'an address such as https://…' }),
      since: date({ header: 'depuis' }),
    },
  }),
  duplicateKey: ['network', 'commitment', 'site', 'place', 'url'],
  scope: () => 'all',
  async check(trx) {
    await reportUnknown(trx);
    await reportRows(trx, unknownSite);
  },
  async merge(trx, { importId }) {
    const displays = sql`
      select distinct on (id) d.* from (
        select concat_ws('|', network_id, commitment_id, place, coalesce(site_id, url, '')) as id, d.* from (
          select ${networkId(sql`s.network`)} as network_id, ${commitmentOf} as commitment_id,
            case when s.site is not null then ${siteId(sql`s.site`)} end as site_id,
            s.place, s.url, s.since, s.line
          from import_row s
        ) d
      ) d order by id, line`;
    await captureBefore(trx, importId, commitmentDisplay, sql`select id from (${displays}) d`);
    return written(
      trx,
      sql`
        insert into administrations.commitment_display as t
          (id, network_id, commitment_id, site_id, place, url, since, import_id)
        select id, network_id, commitment_id, site_id, place, url, since, ${importId}::uuid from (${displays}) d
        on conflict (id) do update set url = excluded.url, since = excluded.since, import_id = excluded.import_id
        where (t.url, t.since) is distinct from (excluded.url, excluded.since)
        returning xmax = 0 as is_new`,
    );
  },
  entities: [commitmentDisplay],
});
