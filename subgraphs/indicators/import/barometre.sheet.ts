import { code, date, decimal, oneOf } from '../../../kernel/import/columns.ts';
import { rejected } from '../../../kernel/import/problem.ts';
import { sheet } from '../../../kernel/import/sheet.ts';

/** The three files of the State's barometer: one has a level, the two others the code of a territory. */
export const barometreSheet = sheet({
  columns: {
    indicator: oneOf({
      header: 'id_indicateur',
      required: true,
      labels: {
        'tx-transparence-resultats': 'IND-BAROMETRE-TRANSPARENCE',
        'tx-satisfaction-usagers-services-publics': 'IND-BAROMETRE-SATISFACTION',
      },
    }),
    level: oneOf({ header: 'maille_geographique', labels: { national: 'FR' } }),
    region: code({ header: 'code_region', pattern: /\d{2}/, expected: 'the code of a région, two digits' }),
    departement: code({
      header: 'code_departement',
      pattern: /\d{2}|2[AB]|97\d|98\d/,
      expected: 'the code of a département',
    }),
    day: date({ header: 'date', required: true }),
    value: decimal({ header: 'valeur', required: true, min: 0, max: 100 }),
  },
  rule: ({ level, region, departement }) =>
    [level, region, departement].filter((key) => key !== null).length === 1
      ? []
      : [
          rejected(
            null,
            'BAD_SUBJECT',
            'expected maille_geographique, code_region or code_departement, and one of them only',
          ),
        ],
});
