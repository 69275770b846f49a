import { code, date, oneOf, text } from '../../../kernel/import/columns.ts';
import { rejected } from '../../../kernel/import/problem.ts';
import { sheet } from '../../../kernel/import/sheet.ts';

/** Answers to surveys, one per row: neither who answered nor what somebody wrote. */
export const surveyAnswersSheet = sheet({
  columns: {
    network: text({ header: ['reseau', 'réseau'], max: 300 }),
    reference: code({
      header: ['reference', 'référence'],
      required: true,
      pattern: /[\p{L}\p{N}._:/-]{1,100}/u,
      expected: 'a reference of 1 to 100 letters, digits, dots, dashes, colons or slashes',
    }),
    structure: text({ header: ['code_sp_structure', 'structure'], max: 100 }),
    site: text({ header: ['site', 'ancien_code_pivot'], max: 200 }),
    question: text({ header: ['question', 'indicateur', 'code_indicateur'], required: true, max: 100 }),
    answered_on: date({ header: ['repondu_le', 'répondu_le'], required: true }),
    answer: oneOf({
      header: ['reponse', 'réponse'],
      required: true,
      labels: {
        très: 'VERY_FAVOURABLE',
        plutôt: 'FAVOURABLE',
        'plutôt pas': 'UNFAVOURABLE',
        'pas du tout': 'VERY_UNFAVOURABLE',
      },
    }),
  },
  rule: ({ structure, site }) =>
    (structure === null) === (site === null)
      ? [
          rejected(
            null,
            'BAD_SUBJECT',
            'expected exactly one of code_sp_structure and site',
            [structure, site].filter((key) => key !== null).join(' + '),
          ),
        ]
      : [],
});
