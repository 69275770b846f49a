import { sql } from 'kysely';
import { reportRows } from '../../../kernel/import/checks.ts';
import { code, date, integer, oneOf, text } from '../../../kernel/import/columns.ts';
import { reportFuture } from '../../../kernel/import/days.ts';
import { defineFeed, type ImportTransaction } from '../../../kernel/import/feed.ts';
import { checkWhole } from '../../../kernel/import/grouped.ts';
import { keptFromFiles, writtenOption } from '../../../kernel/import/hub-written.ts';
import { keepRows } from '../../../kernel/import/keep.ts';
import { type RowProblem, rejected } from '../../../kernel/import/problem.ts';
import { publishedColumn, publishedOption, publishedValue } from '../../../kernel/import/published.ts';
import { networkId } from '../../../kernel/import/resolve.ts';
import { sheet } from '../../../kernel/import/sheet.ts';
import {
  checkIds,
  checkSubject,
  networkColumn,
  placeColumns,
  placeValues,
} from '../../../kernel/import/subject.ts';
import type { SessionMode } from '../session/tables.ts';
import { testSession } from './entities.ts';

const MODES: Readonly<Record<string, SessionMode>> = {
  'en ligne': 'ONLINE',
  'en présence': 'IN_PERSON',
  téléphone: 'PHONE',
};

const count = <R extends boolean>(header: string, required: R, min = 0) =>
  integer({ header, required, min, max: 100_000 });

const input = sheet({
  columns: {
    id: code({
      header: 'identifiant',
      required: true,
      pattern: /SESSION-[\p{L}\p{N}._:-]{1,100}/u,
      expected: 'SESSION- and a code',
    }),
    ...networkColumn,
    ...placeColumns,
    title: text({ header: 'titre', required: true, max: 300 }),
    mode: oneOf({ header: 'forme', required: true, labels: MODES }),
    held_on: date({ header: 'tenue_le', required: true }),
    participants: count('participants', true, 1),
    remarks: text({ header: 'enseignements', max: 4000 }),
    report: text({ header: 'signalement', required: true, max: 120 }),
    testers: count('testeurs', true, 1),
    understood: count('compris', true),
    completed: count('reussi', true),
    ...publishedColumn,
  },
  rule: (row) => [
    ...atMost('testeurs', row.testers, 'participants', row.participants),
    ...atMost('compris', row.understood, 'testeurs', row.testers),
    ...atMost('reussi', row.completed, 'testeurs', row.testers),
  ],
});

/** Nobody understands who does not try, nobody tries who does not come. */
const atMost = (header: string, part: string | null, of: string, whole: string | null): RowProblem[] =>
  part !== null && whole !== null && Number(part) > Number(whole)
    ? [rejected(header, 'CONTRADICTORY_PARTS', `expected not more than ${of}`, part)]
    : [];

/** What the rows of one session say of it as a whole. */
const WHOLE = [
  'network',
  'structure',
  'site',
  'title',
  'mode',
  'held_on',
  'participants',
  'remarks',
  'published',
];

/**
 * Test sessions that took place, one row per document that was tried. Where one row of a session is set aside, so are
 * the others.
 */
export const testSessions = defineFeed({
  name: 'test-sessions',
  subgraph: 'simplification',
  description: 'Test sessions with users, a row per document tried: template for headquarters (CSV)',
  input,
  duplicateKey: ['id', 'report'],
  options: { ...publishedOption, ...writtenOption },
  scope: () => 'all',
  merge: (trx, { importId, options }) =>
    keepRows(
      trx,
      importId,
      testSession,
      {
        ...placeValues,
        id: sql`s.id`,
        title: sql`s.title`,
        mode: sql`s.mode`,
        planned_on: sql`s.held_on`,
        held_on: sql`s.held_on`,
        participants: sql`s.participants`,
        remarks: sql`s.remarks`,
        results: sql`s.results`,
        state: sql`case when ${publishedValue(options)} then 'PUBLISHED' else 'HELD' end`,
      },
      sql`(
        select id, network, structure, site, title, mode, held_on, participants, remarks, published, min(line) as line,
               jsonb_agg(jsonb_build_object('report_id', report, 'testers', testers, 'understood', understood,
                                            'completed', completed) order by report) as results
          from import_row
         group by id, network, structure, site, title, mode, held_on, participants, remarks, published
      ) s`,
    ),
  ...keptFromFiles([testSession], async (trx) => {
    await reportFuture(trx, { held_on: 'tenue_le' });
    await checkSubject(trx, input.columns);
    await checkIds(trx, testSession.table);
    await checkReports(trx);
    await checkWhole(trx, { columns: WHOLE, what: 'test session' });
  }),
});

const network = networkId(sql`s.network`);

/** A document that was tried was reported to the same network. */
const checkReports = (trx: ImportTransaction) =>
  reportRows(trx, {
    code: 'UNKNOWN_REPORT',
    severity: 'QUARANTINED',
    column: 'signalement',
    message: 'no such report of this network',
    sample: sql`s.report`,
    where: sql`${network} is not null and not exists (
      select from simplification.report r where r.id = s.report and r.network_id = ${network})`,
  });
