import { code, date, oneOf, text } from '../../../kernel/import/columns.ts';
import { daysInOrder } from '../../../kernel/import/days.ts';
import { severalOf } from '../../../kernel/import/list-column.ts';
import { type RowProblem, rejected } from '../../../kernel/import/problem.ts';
import { publishedColumn } from '../../../kernel/import/published.ts';
import { sheet } from '../../../kernel/import/sheet.ts';
import { networkColumn, placeColumns } from '../../../kernel/import/subject.ts';
import { documentCode } from './documents.merge.ts';
import { KINDS, PROBLEMS, REPORTERS, STATES } from './words.ts';

/** Reports of complex documents, one row each, with the day of each step that was reached. */
export const reportsSheet = sheet({
  columns: {
    id: code({
      header: 'identifiant',
      required: true,
      pattern: /REP-[\p{L}\p{N}._:-]{1,100}/u,
      expected: 'REP- and a code',
    }),
    ...networkColumn,
    ...placeColumns,
    document: code({ header: 'document', ...documentCode }),
    kind: oneOf({ header: 'nature', required: true, labels: KINDS }),
    reported_by: oneOf({ header: 'signale_par', labels: REPORTERS }),
    problems: severalOf({ header: 'problemes', labels: PROBLEMS }),
    comment: text({ header: 'commentaire', max: 4000 }),
    suggestion: text({ header: 'suggestion', max: 4000 }),
    status: oneOf({ header: 'etat', required: true, labels: STATES }),
    received_on: date({ header: 'recu_le', required: true }),
    triaged_on: date({ header: 'examine_le' }),
    rewritten_on: date({ header: 'reecrit_le' }),
    tested_on: date({ header: 'teste_le' }),
    disseminated_on: date({ header: 'diffuse_le' }),
    declined_on: date({ header: 'ecarte_le' }),
    ...publishedColumn,
  },
  rule: (row) => [
    ...untested(row),
    ...stateProblems(row),
    ...daysInOrder({
      recu_le: row.received_on,
      examine_le: row.triaged_on,
      reecrit_le: row.rewritten_on,
      teste_le: row.tested_on,
      diffuse_le: row.disseminated_on,
      ecarte_le: row.declined_on,
    }),
  ],
});

/** Steps in their order, each with the day that it needs and the columns of the days before it. */
const STEPS = [
  { status: 'RECEIVED', column: 'recu_le', day: 'received_on' },
  { status: 'TRIAGED', column: 'examine_le', day: 'triaged_on' },
  { status: 'IN_REWRITE', column: 'reecrit_le', day: 'rewritten_on' },
  { status: 'USER_TESTED', column: 'teste_le', day: 'tested_on' },
  { status: 'DISSEMINATED', column: 'diffuse_le', day: 'disseminated_on' },
  { status: 'DECLINED', column: 'ecarte_le', day: 'declined_on' },
] as const;

type Steps = Record<(typeof STEPS)[number]['day'], string | null> & {
  status: string | null;
};

/** Nothing is disseminated untested (kit of the programme). */
const untested = ({ disseminated_on, tested_on, status }: Steps): RowProblem[] =>
  tested_on === null && (disseminated_on !== null || status === 'DISSEMINATED')
    ? [rejected('teste_le', 'NOT_TESTED', 'expected the day of a test with users before dissemination', '')]
    : [];

/** The state and the days tell one story: its own day is there, and none of a later step. */
function stateProblems(row: Steps): RowProblem[] {
  const at = STEPS.findIndex(({ status }) => status === row.status);
  const own = STEPS[at];
  // A rewriting under way has no day yet: that of the new version.
  if (own !== undefined && row.status !== 'IN_REWRITE' && row[own.day] === null) {
    return [rejected(own.column, 'REQUIRED', 'expected the day on which this state was reached', '')];
  }
  // What was disseminated was not declined; what was declined may have come as far as a test.
  const beyond =
    row.status === 'DECLINED' ? STEPS.filter(({ status }) => status === 'DISSEMINATED') : STEPS.slice(at + 1);
  return beyond.flatMap(({ column, day }) =>
    row[day] === null
      ? []
      : [rejected(column, 'CONTRADICTORY_STATE', 'expected no day for a step after this state', row[day])],
  );
}
