import { sql } from 'kysely';
import { captureBefore } from '../../../kernel/import/before.ts';
import { reportRows } from '../../../kernel/import/checks.ts';
import {
  defineFeed,
  type ImportContext,
  type ImportTransaction,
  type MergeReport,
} from '../../../kernel/import/feed.ts';
import { matchSites } from './annuaire.match.ts';
import { annuaireInput } from './annuaire.sheet.ts';
import { writeCompetence, writeDetails, writeSites } from './annuaire.write.ts';
import { competence, site, siteAlias, siteDetail } from './entities.ts';
import { publishRevision, undoInDirectory } from './revision.ts';

const ENTITIES = [site, siteAlias, siteDetail, competence];

/**
 * The State directory: places that receive people, with their contacts. A record is matched on its UUID, then
 * on its former pivot code, so that a directory whose ids changed does not duplicate a site.
 */
export const annuaire = defineFeed({
  name: 'annuaire',
  subgraph: 'administrations',
  description: 'Sites of the State directory (DILA), dump or API variant',
  source: "DILA, Annuaire de l'administration",
  licence: 'Licence Ouverte 2.0',
  input: annuaireInput,
  duplicateKey: ['uuid'],
  options: {
    complete: {
      description:
        'Close the sites that the file no longer holds: « national » when it is the whole directory, « pivots » when it is whole for the kinds of services that it holds. Without it, nothing is closed',
      pattern: /national|pivots/,
      expected: 'national or pivots',
    },
  },
  scope: () => 'all',
  touchesDirectory: true,
  async check(trx) {
    await reportRows(trx, {
      code: 'UNKNOWN_COMMUNE',
      severity: 'NOTICE',
      column: 'code_insee_commune',
      message: 'no such commune, even merged: the site has no place in the territory',
      sample: sql`s.commune_code`,
      where: sql`s.commune_code is not null
        and not exists (select from directory.territory t where t.id = 'COM-' || s.commune_code)`,
    });
  },
  merge,
  entities: ENTITIES,
  rollback: undoInDirectory(ENTITIES),
});

async function merge(trx: ImportTransaction, context: ImportContext): Promise<MergeReport> {
  const { importId, options } = context;
  const matched = await matchSites(trx);
  const closing = options['complete'] === undefined ? sql`` : sql`union ${vanished(options['complete'])}`;
  await captureBefore(trx, importId, site, sql`select id from annuaire_site ${closing}`);
  await captureBefore(trx, importId, siteDetail, sql`select id as site_id from annuaire_site`);
  const counts = await writeSites(trx, importId);
  await writeDetails(trx, importId);
  await writeCompetence(trx, importId);
  const closed = await close(trx, context);
  const moved = await publishRevision(trx, importId);
  // Readers, and the next import, plan on what the tables hold now.
  await sql`analyze directory.site, directory.site_alias, administrations.site_detail`.execute(trx);
  const far = await countFar(trx);
  if (far > 0) context.notice(`${far} sites stand far from their commune: their coordinates were left out`);
  return { ...counts, closed, details: { ...matched, moved } };
}

/** Open sites that the file does not hold. */
const vanished = (complete: string) => sql`
  select d.id from directory.site d
  where d.valid_to is null and not exists (select from annuaire_site a where a.id = d.id)
    and (${complete} = 'national' or d.pivots && (select array_agg(distinct pivot) from annuaire_site))`;

async function close(trx: ImportTransaction, { options, publishedOn }: ImportContext): Promise<number> {
  if (options['complete'] === undefined) return 0;
  const { numAffectedRows } = await sql`
    update directory.site set valid_to = coalesce(${publishedOn}::date, current_date)
    where id in (${vanished(options['complete'])})`.execute(trx);
  return Number(numAffectedRows ?? 0);
}

async function countFar(trx: ImportTransaction): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from annuaire_site where is_far`.execute(trx);
  return rows[0]?.count ?? 0;
}
