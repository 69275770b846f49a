import type { ProvenanceRow } from '../../../kernel/graphql/builder.ts';
import type { AdministrationsContext } from '../context.ts';
import { certainProvenance } from '../provenance.ts';
import type { Territory } from '../territory/territory.ts';
import type { Site, SiteDetail } from './site.ts';

/** The first published page that is an absolute address of the web; sources also hold bare names. */
export function firstUrl(detail: SiteDetail | null): string | null {
  const found = detail?.websites.find(({ value }) => URL.canParse(value) && /^https?:/i.test(value));
  return found?.value ?? null;
}

/** The communes that a site is competent for; null when nothing is known. */
export async function servedCommunes(
  { id }: Site,
  _args: unknown,
  { loaders: { site, territory } }: AdministrationsContext,
): Promise<Territory[] | null> {
  const ids = (await site.communesServed.load(id)).map(({ communeId }) => communeId);
  if (ids.length === 0) return null;
  const communes = await Promise.all(ids.map((communeId) => territory.byId.load(communeId)));
  return communes.filter((commune) => commune !== null);
}

/** Where the record of a site comes from; the source's own day of change wins over that of the file. */
export async function siteProvenance(
  { id }: Site,
  _args: unknown,
  context: AdministrationsContext,
): Promise<ProvenanceRow> {
  const detail = await context.loaders.site.detail.load(id);
  if (!detail) throw new Error(`No record of ${id}.`);
  const { importId, importRow, maintainer, modifiedOn } = detail;
  const provenance = await certainProvenance(importId, importRow, context);
  return {
    ...provenance,
    source: maintainer ?? provenance.source,
    publishedOn: modifiedOn ?? provenance.publishedOn,
  };
}
