import { sql } from 'kysely';
import { HubError } from '../../../kernel/errors.ts';
import { captureBefore, keyText } from '../../../kernel/import/before.ts';
import { reportRows } from '../../../kernel/import/checks.ts';
import { code, date, oneOf, text } from '../../../kernel/import/columns.ts';
import { defineFeed, type ImportTransaction } from '../../../kernel/import/feed.ts';
import { networkId, siteId, unknownNetwork, unknownSite } from '../../../kernel/import/resolve.ts';
import { restoreEntities } from '../../../kernel/import/restore.ts';
import { sheet } from '../../../kernel/import/sheet.ts';
import { lockWordings } from '../commitment/wording.query.ts';
import { commitmentDisplay, networkCommitment } from './entities.ts';
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

/** The wording of a staged row that its network wrote through the graph, in other words than the file. */
const writtenOtherwise = sql`
  select t.wording from administrations.network_commitment t
  where t.network_id = ${networkId(sql`s.network`)} and t.commitment_id = ${commitmentOf}
    and t.written_at is not null and (t.wording, t.valid_from) is distinct from (s.wording, s.valid_from)`;

/** A network's own writing is never lost to a file in silence: the row is set aside, unless the operator says so. */
async function reportWritten(trx: ImportTransaction): Promise<void> {
  await lockWordings(trx);
  await reportRows(trx, {
    code: 'WRITTEN_BY_NETWORK',
    severity: 'QUARANTINED',
    column: 'formulation',
    message:
      'the network wrote this wording itself since; --option written=replace takes the one of the file',
    sample: sql`s.wording`,
    where: sql`exists (${writtenOtherwise})`,
  });
}

/** Undoing an import must not undo what a network wrote after it. */
async function refuseWritten(trx: ImportTransaction, importId: string): Promise<void> {
  await lockWordings(trx);
  const { rows } = await sql<{ id: string }>`
    select b.entity_id as id from import_before b
    join administrations.network_commitment t on ${keyText(networkCommitment, 't')} = b.entity_id
    where b.import_id = ${importId} and b.entity = ${networkCommitment.name} and t.written_at is not null
    order by 1 limit 1`.execute(trx);
  if (rows[0] === undefined) return;
  throw new HubError('CONFLICT', `the network has written ${rows[0].id} itself since this import`);
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
  options: {
    written: {
      description: 'replace: the file wins over what networks wrote through the graph',
      pattern: /replace/,
      expected: 'replace',
    },
  },
  scope: () => 'all',
  async check(trx, { options }) {
    await reportUnknown(trx);
    if (options.written === undefined) await reportWritten(trx);
  },
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
          valid_from = excluded.valid_from, import_id = excluded.import_id, written_at = null
        where (t.wording, t.valid_from) is distinct from (excluded.wording, excluded.valid_from)
        returning xmax = 0 as is_new`,
    );
  },
  entities: [networkCommitment],
  async rollback(trx, { importId }) {
    await refuseWritten(trx, importId);
    await restoreEntities(trx, importId, [networkCommitment]);
  },
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
