import { type Kysely, sql } from 'kysely';
import type { AdministrationsDatabase } from '../tables.ts';
import type { SiteDetail } from './site.ts';

/** How to reach each site: the directory's record, completed by what the network gave itself. */
export async function siteDetails(
  db: Kysely<AdministrationsDatabase>,
  sites: readonly string[],
): Promise<SiteDetail[]> {
  const { rows } = await sql<SiteDetail>`
    select detail.site_id as "siteId", detail.address, detail.postal_address as "postalAddress",
      contact.directions, detail.phones || coalesce(contact.phones, '[]') as phones,
      detail.emails || coalesce(contact.emails, '[]') as emails, detail.websites,
      detail.opening || coalesce(contact.opening, '[]') as opening, detail.opening_note as "openingNote",
      coalesce(contact.mediators, '[]') as mediators, coalesce(contact.support, '[]') as support,
      detail.accessibility, detail.accessibility_note as "accessibilityNote", detail.information,
      detail.siren, detail.siret, detail.modified_on as "modifiedOn", detail.source as maintainer,
      detail.import_id as "importId", detail.import_row as "importRow",
      contact.import_id as "contactImportId", contact.import_row as "contactImportRow"
    from administrations.site_detail detail
    left join administrations.site_contact contact on contact.site_id = detail.site_id
    where detail.site_id = any(${sites})`.execute(db);
  return rows;
}

/** The communes that each site is known to be competent for, by name. */
export async function communesServed(
  db: Kysely<AdministrationsDatabase>,
  sites: readonly string[],
): Promise<{ siteId: string; communeId: string }[]> {
  const { rows } = await sql<{ siteId: string; communeId: string }>`
    select competence.site_id as "siteId", competence.commune_id as "communeId"
    from directory.competence competence join directory.territory commune on commune.id = competence.commune_id
    where competence.site_id = any(${sites})
    group by competence.site_id, competence.commune_id, commune.name_key
    order by competence.site_id, commune.name_key, competence.commune_id`.execute(db);
  return rows;
}
