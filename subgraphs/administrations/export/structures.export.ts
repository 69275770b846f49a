import { sql } from 'kysely';
import { date, type ExportColumn, id, text } from '../../../kernel/export/column.ts';
import { booleanFilter, choiceFilter, idFilter, idsFilter } from '../../../kernel/export/filter.ts';
import { defineExport, when } from '../../../kernel/export/set.ts';
import { PUBLICATION_LEVELS } from '../../../kernel/ids.ts';
import { searchOf } from '../input.ts';
import { matches } from '../structure/structure.query.ts';
import { administrationsState } from './state.ts';

const columns: readonly ExportColumn[] = [
  id('id', 'The structure.', sql`structure.id`),
  id('code', 'Its Code SP+.', sql`structure.code`),
  text('name', 'Name.', sql`structure.name`),
  text('description', 'What it is.', sql`structure.description`),
  id('network', 'Its network.', sql`structure.network_id`),
  text('typology', 'Its typology.', sql`t.name`),
  id('parent', 'The structure above it.', sql`structure.parent_id`),
  id('level', 'What it answers for: `SITE`, `DEPARTEMENT`, `REGION` or `NATIONAL`.', sql`structure.level`),
  id('commune', 'Its commune.', sql`structure.commune_id`),
  id('departement', 'Its département.', sql`structure.departement_id`),
  id('region', 'Its région.', sql`structure.region_id`),
  text('postal_code', 'Postal code, as published.', sql`structure.postal_code`),
  text('city', 'City, as published.', sql`structure.city`),
  id(
    'commune_match',
    'How sure its commune is: `EXACT`, `AMBIGUOUS` or `NONE`.',
    sql`structure.commune_match`,
  ),
  date('valid_from', 'First day, if known.', sql`structure.valid_from`),
  date('valid_to', 'Last day of a closed structure.', sql`structure.valid_to`),
];

const LEVELS = sql`case structure.level when 'SITE' then 'site' when 'DEPARTEMENT' then 'departement'
  when 'REGION' then 'region' else 'national' end`;

/** Units of the networks in contact with users, and those above them. */
export const structuresExport = defineExport({
  name: 'structures',
  description: 'Structures of the networks, a tree; closed ones when asked for.',
  filters: {
    networks: idsFilter('Only these networks.'),
    territory: idFilter('Only structures in this territory.'),
    includeClosed: booleanFilter('`true`: closed structures too.'),
    typology: idFilter('Only those of this typology.'),
    level: choiceFilter('Only those that answer for this level:', PUBLICATION_LEVELS),
    parent: idFilter('Only those right below this structure.'),
    rootsOnly: booleanFilter('`true`: only those that have no structure above.'),
    search: idFilter('Words of the name.'),
  },
  networkFilter: 'networks',
  columns,
  openData: {
    description: 'The columns of the open data of Services Publics+, read back by `sp-structures`.',
    columns: [
      id('code_sp_de_la_structure', 'Code SP+.', sql`structure.code`),
      text('reseau', 'Name of the network.', sql`n.name`),
      text('intitule_de_la_typologie', 'Typology.', sql`t.name`),
      text('intitule_de_la_structure', 'Name.', sql`structure.name`),
      text('description_de_la_structure', 'What it is.', sql`structure.description`),
      text('identifiant_de_la_structure', 'Identifier at its network.', sql`structure.external_id`),
      id('code_sp_structure_parent', 'Code SP+ of the structure above it.', sql`above.code`),
      text('code_postal', 'Postal code.', sql`structure.postal_code`),
      text('ville', 'City.', sql`structure.city`),
      id('maille', 'What it answers for, which the platform does not write.', LEVELS),
    ],
    joins: sql`left join directory.structure above on above.id = structure.parent_id`,
    where: [],
  },
  key: ['id'],
  source: ({ networks, territory, includeClosed, typology, level, parent, rootsOnly, search }) => ({
    from: sql`directory.structure structure
      join directory.network n on n.id = structure.network_id
      left join directory.typology t on t.id = structure.typology_id`,
    where: [
      ...when(networks, (ids) => sql`structure.network_id = any(${ids}::text[])`),
      matches({
        typology,
        level,
        parent,
        rootsOnly: rootsOnly ?? false,
        within: territory,
        search: searchOf(search),
        includeClosed: includeClosed ?? false,
      }),
    ],
  }),
  partitions: { networks: sql`structure.network_id` },
  state: administrationsState,
});
