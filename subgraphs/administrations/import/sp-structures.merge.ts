import { sql } from 'kysely';
import { captureBefore } from '../../../kernel/import/before.ts';
import { reportRows } from '../../../kernel/import/checks.ts';
import { code, oneOf, text } from '../../../kernel/import/columns.ts';
import {
  defineFeed,
  type ImportContext,
  type ImportTransaction,
  type MergeReport,
} from '../../../kernel/import/feed.ts';
import { networkId, unknownNetwork } from '../../../kernel/import/resolve.ts';
import { sheet } from '../../../kernel/import/sheet.ts';
import { structure, typology } from './entities.ts';
import { publishRevision, undoInDirectory } from './revision.ts';
import { matchCommunes } from './sp-structures.commune.ts';
import { reportTree } from './sp-structures.tree.ts';
import { written } from './written.ts';

const spCode = { pattern: /[\p{L}\p{N}][\p{L}\p{N}._:-]{0,99}/u, expected: 'a Code SP+' };

/** Structures of the networks, as Services Publics+ publishes them; parents may come anywhere in the file. */
export const spStructures = defineFeed({
  name: 'sp-structures',
  subgraph: 'administrations',
  description: 'Structures of the networks (open data of Services Publics+)',
  source: 'Services Publics+',
  licence: 'Licence Ouverte 2.0',
  input: sheet({
    columns: {
      code: code({
        header: ['code_sp_de_la_structure', 'Code SP+ de la structure'],
        required: true,
        ...spCode,
      }),
      network: text({ header: ['reseau', 'intitule_du_reseau'], required: true, max: 300 }),
      typology: text({ header: ['intitule_de_la_typologie', 'typologie'], max: 200 }),
      name: text({ header: 'intitule_de_la_structure', required: true, max: 500 }),
      description: text({ header: 'description_de_la_structure' }),
      external_id: text({ header: 'identifiant_de_la_structure', max: 200 }),
      parent: code({ header: ['code_sp_structure_parent', 'Code SP+ structure parent'], ...spCode }),
      postal_code: text({ header: 'code_postal', max: 20 }),
      city: text({ header: ['ville', 'commune'], max: 200 }),
      level: oneOf({
        header: 'maille',
        labels: {
          site: 'SITE',
          local: 'SITE',
          departement: 'DEPARTEMENT',
          departemental: 'DEPARTEMENT',
          region: 'REGION',
          regional: 'REGION',
          national: 'NATIONAL',
        },
      }),
    },
  }),
  duplicateKey: ['code'],
  options: {
    complete: {
      description: 'Close the structures of the networks of the file that it no longer holds: oui',
      pattern: /oui/,
      expected: 'oui',
    },
  },
  scope: () => 'all',
  touchesDirectory: true,
  async check(trx) {
    await reportRows(trx, unknownNetwork);
    await reportTree(trx);
  },
  merge,
  entities: [typology, structure],
  rollback: undoInDirectory([typology, structure]),
});

async function merge(trx: ImportTransaction, context: ImportContext): Promise<MergeReport> {
  const { importId, options } = context;
  const matches = await matchCommunes(trx);
  await stageStructures(trx);
  await captureBefore(
    trx,
    importId,
    typology,
    sql`select typology_id as id from sp_structure where typology_id is not null`,
  );
  await sql`
    insert into directory.typology (id, network_id, name)
    select distinct on (typology_id) typology_id, network_id, typology from sp_structure
    where typology_id is not null order by typology_id, typology
    on conflict (id) do nothing`.execute(trx);
  const ofSameNetworks = sql`
    select d.id from directory.structure d
    where d.valid_to is null and d.network_id in (select network_id from sp_structure)
      and not exists (select from sp_structure s where s.id = d.id)`;
  const closing = options['complete'] === undefined ? sql`` : sql`union ${ofSameNetworks}`;
  await captureBefore(trx, importId, structure, sql`select id from sp_structure ${closing}`);
  const counts = await upsert(trx, importId);
  let closed = 0;
  if (options['complete'] !== undefined) {
    const { numAffectedRows } = await sql`
      update directory.structure set valid_to = coalesce(${context.publishedOn}::date, current_date)
      where id in (${ofSameNetworks})`.execute(trx);
    closed = Number(numAffectedRows ?? 0);
  }
  await publishRevision(trx, importId);
  await sql`analyze directory.structure`.execute(trx);
  return { ...counts, closed, details: matches };
}

/**
 * What each structure answers for, unless the file says it: a leaf for the finest level of its network, a root
 * with children for the nation, what is between for the level above the leaves.
 */
async function stageStructures(trx: ImportTransaction): Promise<void> {
  await sql`
    create temporary table sp_structure on commit drop as
    with named as materialized (
      select s.*, 'STR-' || s.code as id, ${networkId(sql`s.network`)} as network_id from import_row s
    ),
    known as materialized (
      select id, parent_id from directory.structure
    ),
    parents as materialized (
      select parent from import_row where parent is not null
      union
      select substr(k.parent_id, 5) from known k
      where k.parent_id is not null and not exists (select from named i where i.id = k.id)
    ),
    placed as (
      select s.*, n.finest_level, m.commune_id, m.departement_id, m.region_id, m.commune_match,
        -- A parent that nobody knows was reported; its children stand alone.
        coalesce(p.id, k.id) as parent_id, c.parent is not null as has_children
      from named s join directory.network n on n.id = s.network_id
      join sp_commune m on m.record = s.record
      left join named p on p.code = s.parent
      left join known k on k.id = 'STR-' || s.parent
      left join parents c on c.parent = s.code
    ),
    leveled as (
      select p.*, coalesce(p.level, case
        when not has_children then finest_level
        when p.parent is null then 'NATIONAL'
        when finest_level = 'SITE' then 'DEPARTEMENT'
        when finest_level = 'DEPARTEMENT' then 'REGION'
        else 'NATIONAL' end) as own_level
      from placed p
    )
    select record, line, id, code, network, network_id, typology,
      case when typology is not null then directory.typology_id(network_id, typology) end as typology_id,
      name, description, external_id, parent_id, postal_code, city, own_level as level, commune_id, commune_match,
      case when own_level in ('SITE', 'DEPARTEMENT') then departement_id end as departement_id,
      case when own_level <> 'NATIONAL' then region_id end as region_id
    from leveled`.execute(trx);
}

async function upsert(trx: ImportTransaction, importId: string): Promise<MergeReport> {
  const columns = [
    'code',
    'name',
    'description',
    'network_id',
    'typology_id',
    'parent_id',
    'level',
    'commune_id',
    'departement_id',
    'region_id',
    'postal_code',
    'city',
    'external_id',
    'commune_match',
  ];
  const each = (prefix: string) => sql.join(columns.map((column) => sql.ref(`${prefix}.${column}`)));
  return written(
    trx,
    sql`
      insert into directory.structure as t
        (id, ${sql.join(columns.map((column) => sql.ref(column)))}, import_id, import_row)
      select s.id, ${each('s')}, ${importId}::uuid, s.line from sp_structure s
      on conflict (id) do update set
        ${sql.join(columns.map((column) => sql`${sql.ref(column)} = excluded.${sql.ref(column)}`))},
        valid_to = null, import_id = excluded.import_id, import_row = excluded.import_row
      where row(${each('t')}, t.valid_to) is distinct from row(${each('excluded')}, null::date)
      returning xmax = 0 as is_new`,
  );
}
