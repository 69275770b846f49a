import type { Entity } from '../../../kernel/import/before.ts';

/** Tables that the feeds change in place, as the journal knows them; referenced tables first. */
export const territory: Entity = { name: 'territory', table: 'directory.territory', key: ['id'] };
export const network: Entity = { name: 'network', table: 'directory.network', key: ['id'] };
export const typology: Entity = { name: 'typology', table: 'directory.typology', key: ['id'] };
export const structure: Entity = { name: 'structure', table: 'directory.structure', key: ['id'] };
export const site: Entity = { name: 'site', table: 'directory.site', key: ['id'] };
export const siteAlias: Entity = { name: 'site_alias', table: 'directory.site_alias', key: ['alias'] };
export const siteDetail: Entity = {
  name: 'site_detail',
  table: 'administrations.site_detail',
  key: ['site_id'],
};
export const siteContact: Entity = {
  name: 'site_contact',
  table: 'administrations.site_contact',
  key: ['site_id'],
};
export const structureSite: Entity = {
  name: 'structure_site',
  table: 'directory.structure_site',
  key: ['structure_id', 'site_id'],
};
export const competence: Entity = {
  name: 'competence',
  table: 'directory.competence',
  key: ['commune_id', 'network_id', 'site_id'],
};
export const procedure: Entity = { name: 'procedure', table: 'administrations.procedure', key: ['id'] };
export const announcedDelay: Entity = {
  name: 'announced_delay',
  table: 'administrations.announced_delay',
  key: ['procedure_id', 'territory_id', 'channel', 'announced_on'],
};
export const networkCommitment: Entity = {
  name: 'network_commitment',
  table: 'administrations.network_commitment',
  key: ['network_id', 'commitment_id'],
};
export const commitmentDisplay: Entity = {
  name: 'commitment_display',
  table: 'administrations.commitment_display',
  key: ['id'],
};
