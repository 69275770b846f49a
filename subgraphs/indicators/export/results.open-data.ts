import { sql } from 'kysely';
import { date, decimal, id, text } from '../../../kernel/export/column.ts';
import type { OpenDataLayout } from '../../../kernel/export/set.ts';
import { labelSql } from './period.ts';

/** The open-data export of results, which the feed `sp-results` reads: results of structures, with a value. */
export const resultsOpenData: OpenDataLayout = {
  description:
    'Results of structures in the columns of the open data of Services Publics+, read back by `sp-results`.',
  columns: [
    text('intitule_du_reseau', 'Name of the network.', sql`n.name`),
    text('typologie', 'Typology of the structure.', sql`t.name`),
    text('intitule_de_la_structure', 'Name of the structure.', sql`s.name`),
    id('code_sp_structure', 'Code SP+ of the structure.', sql`s.code`),
    text('titre_original_de_l_indicateur', 'Title of the indicator.', sql`d.title`),
    id('code_sp_de_l_indicateur', 'Code of the indicator.', sql`x.code`),
    decimal('valeur', 'Value.', sql`r.value`),
    date(
      'date_de_mise_a_jour',
      'Day of the last update; where the source gave none, the day on which the hub published it.',
      sql`coalesce(r.updated_on, i.published_on, i.finished_at::date)`,
    ),
    id('periode', 'Period, which the platform does not write.', labelSql('r')),
    text('source', 'Who published it.', sql`coalesce(i.source, i.feed)`),
    text('licence', 'Under which licence.', sql`i.licence`),
  ],
  joins: sql`
    join directory.structure s on s.id = r.subject_id
    join directory.network n on n.id = r.network_id
    left join directory.typology t on t.id = s.typology_id
    join indicators.indicator x on x.id = r.indicator_id
    join indicators.definition d on d.indicator_id = r.indicator_id and d.version = r.definition_version`,
  where: [sql`r.subject_kind = 'STRUCTURE'`, sql`r.value is not null`],
};
