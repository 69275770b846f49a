import { sql } from 'kysely';
import { reportRows } from '../../../kernel/import/checks.ts';
import { code, text } from '../../../kernel/import/columns.ts';
import { defineFeed } from '../../../kernel/import/feed.ts';
import { keepRows } from '../../../kernel/import/keep.ts';
import { networkId, unknownNetwork } from '../../../kernel/import/resolve.ts';
import { restoreEntities } from '../../../kernel/import/restore.ts';
import { sheet } from '../../../kernel/import/sheet.ts';
import { JDMA_SERVICE, JDMA_SERVICES } from '../jdma/feeds.ts';
import { openScores, publishScores } from '../jdma/scores.ts';

/** Id of a service, as « Je donne mon avis » numbers it. */
const serviceCode = { pattern: /\d{1,18}/, expected: 'the number of the service on Je donne mon avis' };

const servicesSheet = sheet({
  columns: {
    service: code({ header: ['service', 'id'], required: true, ...serviceCode }),
    title: text({ header: ['titre', 'title'], required: true, max: 500 }),
    network: text({ header: ['reseau', 'réseau'], required: true, max: 300 }),
    procedure: code({
      header: ['demarche', 'démarche'],
      required: true,
      pattern: /PROC-[\p{L}\p{N}._:-]{1,100}/u,
      expected: 'the id of a procedure, such as PROC-caf-aide-au-logement',
    }),
  },
});

/** Days and procedures whose scores the services of a query are in. */
const daysOf = (services: ReturnType<typeof sql>) => sql`
  select starts_on from indicators.jdma_count where service_id in (${services})`;

/** The reviewed table that says which procedure a service of « Je donne mon avis » is. */
export const jdmaServices = defineFeed({
  name: JDMA_SERVICES,
  subgraph: 'indicators',
  description: 'Reviewed link table: services of Je donne mon avis, and the procedures that they are',
  input: servicesSheet,
  duplicateKey: ['service'],
  scope: () => 'all',
  entities: [JDMA_SERVICE],
  check: async (trx) => void (await reportRows(trx, unknownNetwork)),
  async merge(trx, context) {
    const services = sql`select service from import_row`;
    await sql`
      create temporary table linked on commit drop as
        select network_id, procedure_id from indicators.jdma_service where service_id in (${services})`.execute(
      trx,
    );
    const report = await keepRows(trx, context.importId, JDMA_SERVICE, {
      service_id: sql`s.service`,
      title: sql`s.title`,
      network_id: networkId(sql`s.network`),
      procedure_id: sql`s.procedure`,
    });
    const now = sql`
      select network_id, procedure_id from linked
      union select network_id, procedure_id from indicators.jdma_service where service_id in (${services})`;
    await openScores(trx, now, daysOf(services));
    const scores = await publishScores(trx, context);
    return { ...report, details: { scores: scores.inserted + scores.updated + scores.closed } };
  },
  async rollback(trx, { importId, rollbackId, publication }) {
    const services = sql`
      select entity_id from indicators.import_before where import_id = ${importId}::uuid and entity = ${JDMA_SERVICE.name}`;
    await sql`
      create temporary table linked on commit drop as
        select network_id, procedure_id from indicators.jdma_service where service_id in (${services})`.execute(
      trx,
    );
    await restoreEntities(trx, importId, [JDMA_SERVICE]);
    const now = sql`
      select network_id, procedure_id from linked
      union select network_id, procedure_id from indicators.jdma_service where service_id in (${services})`;
    await openScores(trx, now, daysOf(services));
    await publishScores(trx, { importId: rollbackId, publication });
  },
});
