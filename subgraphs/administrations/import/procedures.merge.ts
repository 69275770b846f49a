import { sql } from 'kysely';
import { captureBefore } from '../../../kernel/import/before.ts';
import { reportRows } from '../../../kernel/import/checks.ts';
import { code, date, integer, oneOf, text } from '../../../kernel/import/columns.ts';
import { defineFeed, type ImportTransaction, type MergeReport } from '../../../kernel/import/feed.ts';
import { networkId, territoryId, unknownNetwork } from '../../../kernel/import/resolve.ts';
import { sheet } from '../../../kernel/import/sheet.ts';
import { announcedDelay, procedure } from './entities.ts';
import { written } from './written.ts';

const procedureCode = { pattern: /PROC-[\p{L}\p{N}._:-]{1,100}/u, expected: 'PROC- and a code' };

/** A table of procedures. */
const proceduresSheet = sheet({
  columns: {
    id: code({ header: 'id', required: true, ...procedureCode }),
    name: text({ header: 'nom', required: true, max: 300 }),
    network: text({ header: 'reseau' }),
    flagship: oneOf({ header: 'phare', labels: { oui: 'true', non: 'false' } }),
    url: code({ header: 'url', pattern: /https?:\/\/\S+/, expected: 'an address such as https://…' }),
  },
});

/** Writes staged procedures. */
async function mergeProcedures(trx: ImportTransaction, importId: string): Promise<MergeReport> {
  await captureBefore(trx, importId, procedure, sql`select id from import_row`);
  return written(
    trx,
    sql`
      insert into administrations.procedure as t (id, name, network_id, flagship, url, import_id)
      select id, name, ${networkId(sql`s.network`)}, coalesce(flagship::boolean, false), url, ${importId}::uuid
      from import_row s
      on conflict (id) do update set name = excluded.name, network_id = excluded.network_id,
        flagship = excluded.flagship, url = excluded.url, import_id = excluded.import_id
      where (t.name, t.network_id, t.flagship, t.url)
        is distinct from (excluded.name, excluded.network_id, excluded.flagship, excluded.url)
      returning xmax = 0 as is_new`,
  );
}

/** What users come for; one flagship procedure per network has its delay measured. */
export const procedures = defineFeed({
  name: 'procedures',
  subgraph: 'administrations',
  description: 'Procedures of networks, and which one is the flagship',
  source: 'Services Publics+ Hub',
  input: proceduresSheet,
  duplicateKey: ['id'],
  scope: () => 'all',
  check: async (trx) => void (await reportRows(trx, unknownNetwork)),
  merge: (trx, { importId }) => mergeProcedures(trx, importId),
  entities: [procedure],
});

/**
 * The hub's own table, an import apart from those of users: what one of theirs says of a procedure stays, whatever
 * a later release of the table says.
 */
export const bundledProcedures = defineFeed({
  ...procedures,
  name: 'reference',
  description: 'Reviewed table procedures.csv',
  input: proceduresSheet,
  duplicateKey: ['id'],
  scope: () => 'procedures.csv',
  async merge(trx, { importId }) {
    await sql`
      delete from import_row s using import_before b join import i on i.id = b.import_id
      where b.entity = ${procedure.name} and b.entity_id = s.id
        and i.feed = ${procedures.name} and i.state = 'PUBLISHED'`.execute(trx);
    return mergeProcedures(trx, importId);
  },
});

/** Delays that an administration announces for a procedure, by territory and channel, in days. */
export const announcedDelays = defineFeed({
  name: 'announced-delays',
  subgraph: 'administrations',
  description: 'Announced delays of procedures, by territory and channel',
  input: sheet({
    columns: {
      procedure: code({ header: 'demarche', required: true, ...procedureCode }),
      territory: text({ header: 'territoire' }),
      channel: oneOf({
        header: 'canal',
        required: true,
        labels: {
          'en ligne': 'ONLINE',
          courrier: 'POST',
          accueil: 'COUNTER',
          telephone: 'PHONE',
          courriel: 'EMAIL',
        },
      }),
      days: integer({ header: 'jours', required: true, min: 0, max: 3650 }),
      announced_on: date({ header: "date d'annonce", required: true }),
    },
  }),
  duplicateKey: ['procedure', 'territory', 'channel', 'announced_on'],
  scope: () => 'all',
  async check(trx) {
    await reportRows(trx, {
      code: 'UNKNOWN_PROCEDURE',
      severity: 'QUARANTINED',
      column: 'demarche',
      message: 'no such procedure',
      sample: sql`s.procedure`,
      where: sql`not exists (select from administrations.procedure p where p.id = s.procedure)`,
    });
    await reportRows(trx, {
      code: 'UNKNOWN_TERRITORY',
      severity: 'QUARANTINED',
      column: 'territoire',
      message: 'expected an id such as DEP-62, or the code of a commune',
      sample: sql`s.territory`,
      where: sql`s.territory is not null and ${territoryId(sql`s.territory`)} is null`,
    });
  },
  async merge(trx, { importId }) {
    const territory = sql`coalesce(${territoryId(sql`s.territory`)}, 'FR')`;
    await captureBefore(
      trx,
      importId,
      announcedDelay,
      sql`select s.procedure as procedure_id, ${territory} as territory_id, s.channel, s.announced_on from import_row s`,
    );
    return written(
      trx,
      sql`
        insert into administrations.announced_delay as t
          (procedure_id, territory_id, channel, days, announced_on, import_id)
        select distinct on (1, 2, 3, 5) s.procedure, ${territory}, s.channel, s.days, s.announced_on,
          ${importId}::uuid
        from import_row s order by 1, 2, 3, 5, s.record
        on conflict (procedure_id, territory_id, channel, announced_on)
          do update set days = excluded.days, import_id = excluded.import_id where t.days <> excluded.days
        returning xmax = 0 as is_new`,
    );
  },
  entities: [announcedDelay],
});
