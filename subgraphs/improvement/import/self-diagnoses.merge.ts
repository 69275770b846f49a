import { sql } from 'kysely';
import { code, date, decimal, text } from '../../../kernel/import/columns.ts';
import { reportFuture } from '../../../kernel/import/days.ts';
import { defineFeed } from '../../../kernel/import/feed.ts';
import { checkWhole } from '../../../kernel/import/grouped.ts';
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
const WHOLE = ['network', 'structure', 'site', 'territory', 'made_on', 'published'];

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
    await checkWhole(trx, { columns: WHOLE, what: 'self-diagnosis', incomplete: 'INCOMPLETE_DIAGNOSIS' });
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
