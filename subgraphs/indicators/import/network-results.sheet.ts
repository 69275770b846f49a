import { code, date, decimal, oneOf, text } from '../../../kernel/import/columns.ts';
import { type RowProblem, rejected } from '../../../kernel/import/problem.ts';
import { sheet } from '../../../kernel/import/sheet.ts';
import { licenceColumn, partColumns, periodColumn, sourceColumn, valueHeader } from './result-columns.ts';

/** Template for headquarters: a value with what is behind it, for a site, a structure, a territory or an online procedure. */
export const networkResultsSheet = sheet({
  columns: {
    network: text({ header: ['reseau', 'réseau'], max: 300 }),
    structure: text({ header: ['code_sp_structure', 'structure'], max: 100 }),
    site: text({ header: ['site', 'ancien_code_pivot'], max: 200 }),
    territory: text({ header: 'territoire', max: 20 }),
    procedure: code({
      header: ['demarche', 'démarche'],
      pattern: /PROC-[\p{L}\p{N}._:-]{1,100}/u,
      expected: 'the id of a procedure, such as PROC-caf-aide-au-logement',
    }),
    indicator: text({
      header: ['indicateur', 'code_sp_de_l_indicateur', 'code_indicateur'],
      required: true,
      max: 100,
    }),
    period: periodColumn,
    value: decimal({ header: valueHeader }),
    ...partColumns,
    updated_on: date({ header: ['date_de_mise_a_jour', 'mise_a_jour'] }),
    statistic: oneOf({
      header: 'statistique',
      labels: {
        valeur: 'VALUE',
        'plus bas': 'LOWEST',
        minimum: 'LOWEST',
        'plus haut': 'HIGHEST',
        maximum: 'HIGHEST',
        médiane: 'MEDIAN',
      },
    }),
    source: sourceColumn,
    licence: licenceColumn,
  },
  rule: (row) => [...subjectProblems(row), ...partProblems(row)],
});

interface Subject {
  structure: string | null;
  site: string | null;
  territory: string | null;
  procedure: string | null;
  statistic: string | null;
}

function subjectProblems({ structure, site, territory, procedure, statistic }: Subject): RowProblem[] {
  const named = [structure, site, territory, procedure].filter((key) => key !== null);
  if (named.length !== 1) {
    return [
      rejected(
        null,
        'BAD_SUBJECT',
        'expected exactly one of code_sp_structure, site, territoire and demarche',
        named.join(' + '),
      ),
    ];
  }
  if (statistic !== null && statistic !== 'VALUE' && territory?.toUpperCase() !== 'FR') {
    return [
      rejected(
        'statistique',
        'BAD_SUBJECT',
        'a lowest, highest or median is of the whole network: territoire FR',
      ),
    ];
  }
  return [];
}

interface PartCells {
  numerator: string | null;
  denominator: string | null;
  respondents: string | null;
  very_favourable: string | null;
  favourable: string | null;
  unfavourable: string | null;
  very_unfavourable: string | null;
}

/** Rules between the parts of one row, whatever the indicator. */
export function partProblems(row: PartCells): RowProblem[] {
  const problems: RowProblem[] = [];
  if ((row.numerator === null) !== (row.denominator === null)) {
    problems.push(rejected('numerateur', 'INCOMPLETE_PARTS', 'expected both a numerator and a denominator'));
  }
  if (row.denominator !== null && Number(row.denominator) === 0) {
    problems.push(
      rejected('denominateur', 'OUT_OF_RANGE', 'expected a denominator above zero', row.denominator),
    );
  }
  const answers = [row.very_favourable, row.favourable, row.unfavourable, row.very_unfavourable];
  const given = answers.filter((answer) => answer !== null);
  if (given.length !== 0 && given.length !== answers.length) {
    problems.push(
      rejected(
        'tres',
        'INCOMPLETE_PARTS',
        'expected the four answers (tres, plutot, plutot_pas, pas_du_tout)',
      ),
    );
  } else if (given.length === answers.length) {
    const total = given.reduce((sum, answer) => sum + Number(answer), 0);
    if (total === 0) problems.push(rejected('tres', 'OUT_OF_RANGE', 'expected at least one answer', '0'));
    if (row.respondents !== null && Number(row.respondents) < total) {
      problems.push(
        rejected('repondants', 'CONTRADICTORY_PARTS', `the four answers add up to ${total}`, row.respondents),
      );
    }
  }
  return problems;
}
