import type { Told } from '../cli/demo/voices/voice.ts';
import { statement } from './statement.ts';

/** Structures that are told of: one in each département where a network has sites, and one for some sites. */
const STRUCTURES = 2000;
const NO_IMPORT = `'00000000-0000-0000-0000-000000000000'::uuid`;
const INSERT = `insert into directory.structure
  (id, code, name, network_id, parent_id, level, commune_id, departement_id, region_id, import_id)`;

/**
 * Structures over the real sites of a database: for each network one at its head, below it one per département, below
 * these some that are one site. The bundled directory has the sites, and no such tree.
 */
export async function makeStructures(url: string): Promise<Told[]> {
  await statement(
    url,
    `set role administrations_owner;
     ${INSERT}
     select 'STR-bench-' || code, 'bench-' || code, 'Réseau ' || name, id, null, 'NATIONAL', null, null, null, ${NO_IMPORT}
       from directory.network n where exists (select from directory.site where network_id = n.id);
     ${INSERT}
     select distinct 'STR-bench-' || n.code || '-' || s.departement_id, 'bench-' || n.code || '-' || s.departement_id,
            n.name || ' ' || s.departement_id, n.id, 'STR-bench-' || n.code, 'DEPARTEMENT', null, s.departement_id,
            s.region_id, ${NO_IMPORT}
       from directory.site s join directory.network n on n.id = s.network_id
      where s.departement_id is not null and s.valid_to is null;
     ${INSERT}
     select 'STR-bench-' || s.id, 'bench-' || s.id, s.name, n.id, 'STR-bench-' || n.code || '-' || s.departement_id,
            'SITE', s.commune_id, s.departement_id, s.region_id, ${NO_IMPORT}
       from directory.site s join directory.network n on n.id = s.network_id
      where s.departement_id is not null and s.valid_to is null order by md5(s.id)
      limit greatest(0, ${STRUCTURES} - (select count(*) from directory.structure where level = 'DEPARTEMENT'));
     analyze directory.structure`,
  );
  return statement<Told>(
    url,
    `select s.id as structure, s.code, s.network_id as network, case when s.level = 'SITE' then substr(s.id, 11) end as site,
            s.departement_id as departement, s.region_id as region, t.name as "departementName"
       from directory.structure s join directory.territory t on t.id = s.departement_id
      where s.id like 'STR-bench-%' order by md5(s.id)`,
  );
}
