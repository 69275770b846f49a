import { sql } from 'kysely';
import { reportRows } from '../../../kernel/import/checks.ts';
import { code, date, decimal, text } from '../../../kernel/import/columns.ts';
import { reportFuture } from '../../../kernel/import/days.ts';
import { defineFeed, type ImportTransaction } from '../../../kernel/import/feed.ts';
import { keptFromFiles, writtenOption } from '../../../kernel/import/hub-written.ts';
import { keepRows } from '../../../kernel/import/keep.ts';
import { publishedColumn, publishedOption, publishedValue } from '../../../kernel/import/published.ts';
import { sheet } from '../../../kernel/import/sheet.ts';
import {
  checkIds,
  checkSubject,
  networkColumn,
  placeColumns,
  subjectValues,
  territoryAlone,
  territoryColumn,
} from '../../../kernel/import/subject.ts';
import { checkCommitments, commitmentColumn } from './commitments.ts';
import { selfDiagnosis } from './entities.ts';

const input = sheet({
  columns: {
    id: code({
      header: 'identifiant',
      required: true,
      pattern: /DIAG-[\p{L}\p{N}._:-]{1,100}/u,
      expected: 'DIAG- and a code',
    }),
    ...networkColumn,
    ...placeColumns,
    ...territoryColumn,
    made_on: date({ header: 'fait_le', required: true }),
    commitment: commitmentColumn,
    score: decimal({ header: 'note', min: 0, max: 100 }),
    comment: text({ header: 'constat', max: 4000 }),
    ...publishedColumn,
  },
  rule: territoryAlone,
});

/** What the rows of one self-diagnosis say of it as a whole. */
const WHOLE = sql`row(s.network, s.structure, s.site, s.territory, s.made_on, s.published)::text`;

/**
 * Self-diagnoses, one row per commitment that was examined. The rows of a self-diagnosis replace what was known of it;
 * where one of them is set aside, so are the others.
 */
export const selfDiagnoses = defineFeed({
  name: 'self-diagnoses',
  subgraph: 'improvement',
  description: 'Self-diagnoses with a finding per commitment: template for headquarters (CSV)',
  input,
  duplicateKey: ['id', 'commitment'],
  options: { ...publishedOption, ...writtenOption },
  scope: () => 'all',
  ...keptFromFiles([selfDiagnosis], async (trx) => {
    await reportFuture(trx, { made_on: 'fait_le' });
    await checkSubject(trx, input.columns);
    await checkIds(trx, selfDiagnosis.table);
    await checkCommitments(trx, 'commitment', 'engagement');
    await checkWhole(trx);
  }),
  merge: (trx, { importId, options }) =>
    keepRows(
      trx,
      importId,
      selfDiagnosis,
      {
        ...subjectValues,
        id: sql`s.id`,
        made_on: sql`s.made_on`,
        findings: sql`s.findings`,
        published: publishedValue(options),
      },
      sql`(
        select id, network, structure, site, territory, made_on, published, min(line) as line,
               jsonb_agg(jsonb_build_object('commitmentId', commitment, 'score', score, 'comment', comment)
                         order by commitment) as findings
          from import_row group by id, network, structure, site, territory, made_on, published
      ) s`,
    ),
});

/** A self-diagnosis has one network, place and day; where one of its findings is set aside, so are the others. */
async function checkWhole(trx: ImportTransaction): Promise<void> {
  await reportRows(trx, {
    code: 'CONTRADICTORY_ROW',
    severity: 'REJECTED',
    column: 'identifiant',
    message: 'expected the same network, place, day and publie in every row of a self-diagnosis',
    sample: sql`s.id`,
    where: sql`s.id in (
      select s.id from import_row s group by s.id having min(${WHOLE} collate "C") <> max(${WHOLE} collate "C"))`,
  });
  const problem = sql`select from import_problem p where p.record = s.record and p.severity <> 'NOTICE'`;
  await reportRows(trx, {
    code: 'INCOMPLETE_DIAGNOSIS',
    severity: 'QUARANTINED',
    column: 'identifiant',
    message: 'another row of this self-diagnosis is not good: none of it is kept',
    sample: sql`s.id`,
    where: sql`s.id in (select s.id from import_row s where exists (${problem})) and not exists (${problem})`,
  });
}
