import { date, decimal, text } from '../../../kernel/import/columns.ts';
import { sheet } from '../../../kernel/import/sheet.ts';
import { licenceColumn, periodColumn, sourceColumn, valueHeader } from './result-columns.ts';

/** Open-data export of results per structure: no period, a day of update only. */
export const spResultsSheet = sheet({
  columns: {
    result_code: text({ header: 'code_sp_du_resultat', max: 100 }),
    network: text({ header: ['intitule_du_reseau', 'reseau'], max: 300 }),
    structure: text({ header: ['code_sp_structure', 'code_sp_de_la_structure'], required: true, max: 100 }),
    indicator: text({ header: ['code_sp_de_l_indicateur', 'code_sp_indicateur'], max: 100 }),
    indicator_title: text({
      header: ['titre_original_de_l_indicateur', 'intitule_original_de_l_indicateur'],
      required: true,
      max: 500,
    }),
    value: decimal({ header: valueHeader, required: true }),
    updated_on: date({ header: 'date_de_mise_a_jour', required: true }),
    period: periodColumn,
    source: sourceColumn,
    licence: licenceColumn,
  },
});
