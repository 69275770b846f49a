import { code, decimal, integer, text } from '../../../kernel/import/columns.ts';
import { PERIOD_PATTERN } from '../publication/period-sql.ts';

/** Columns that several feeds of results share. */
export const periodColumn = code({
  header: ['periode', 'période'],
  pattern: PERIOD_PATTERN,
  expected: 'a period such as 2023, 2023-S1, 2023-T3 or 2023-07',
});

export const sourceColumn = text({ header: 'source', max: 300 });
export const licenceColumn = text({ header: ['licence', 'license'], max: 100 });

/** Bounds depend on the unit of the indicator: the database checks them. */
export const valueHeader = ['valeur', 'valeur_du_resultat'];

const count = (header: string | readonly string[]) => integer({ header, min: 0 });

/** What is behind a value, as headquarters know it. */
export const partColumns = {
  numerator: decimal({ header: ['numerateur', 'numérateur'] }),
  denominator: decimal({ header: ['denominateur', 'dénominateur'], min: 0 }),
  respondents: count(['repondants', 'répondants']),
  very_favourable: count(['tres', 'très', 'tres_satisfait']),
  favourable: count(['plutot', 'plutôt', 'plutot_satisfait']),
  unfavourable: count(['plutot_pas', 'plutôt pas']),
  very_unfavourable: count(['pas_du_tout', 'pas du tout']),
};

/** Option of the feeds whose file may say no period. */
export const periodOption = {
  period: {
    description: 'Period of the results where the file says none (2023, 2023-S1, 2023-T3, 2023-07)',
    pattern: PERIOD_PATTERN,
    expected: 'a period such as 2023, 2023-S1, 2023-T3 or 2023-07',
  },
};
