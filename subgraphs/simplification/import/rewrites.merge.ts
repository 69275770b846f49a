import { sql } from 'kysely';
import { reportRows } from '../../../kernel/import/checks.ts';
import { reportFuture } from '../../../kernel/import/days.ts';
import { defineFeed, type ImportTransaction } from '../../../kernel/import/feed.ts';
import { keptFromFiles, writtenOption } from '../../../kernel/import/hub-written.ts';
import { keepRows } from '../../../kernel/import/keep.ts';
import { publishedOption, publishedValue } from '../../../kernel/import/published.ts';
import { rewrite, userTest } from './entities.ts';
import { rewritesSheet } from './rewrites.sheet.ts';

/** Of a staged row: id of its report, number of its version. */
const reportId = sql<string>`('REP-' || regexp_replace(substr(s.id, 9), '-[0-9]+$', ''))`;
const number = sql<number>`(substring(s.id from '-([0-9]+)$'))::smallint`;

/** Staged rows with their reports: ids of reports are unique in the hub. */
const withReport = sql`import_row s join simplification.report r on r.id = ${reportId}`;

const SCORES = ['sentences', 'vocabulary', 'order', 'layout'].flatMap((name) => [
  `${name}_before`,
  `${name}_after`,
]);

/** Texts before and after, with their test; those that are published make the gallery. */
export const rewrites = defineFeed({
  name: 'rewrites',
  subgraph: 'simplification',
  description: 'Texts before and after their rewriting, with their tests: template for headquarters (CSV)',
  input: rewritesSheet,
  duplicateKey: ['id'],
  options: { ...publishedOption, ...writtenOption },
  scope: () => 'all',
  async merge(trx, { importId, options }) {
    const of = { network_id: sql`r.network_id`, report_id: sql`r.id` };
    const merged = await keepRows(
      trx,
      importId,
      rewrite,
      {
        ...of,
        number,
        before: sql`s.before`,
        after: sql`s.after`,
        written_on: sql`s.written_on`,
        experts: sql`coalesce(string_to_array(s.experts, ','), '{}')`,
        ...Object.fromEntries(SCORES.map((name) => [name, sql`${sql.ref(`s.${name}`)}::smallint`])),
        assessment: sql`s.assessment`,
        title: sql`s.title`,
        // Shown since it is in use.
        published_on: sql`case when ${publishedValue(options)} then r.disseminated_on end`,
      },
      withReport,
    );
    const tests = await keepRows(
      trx,
      importId,
      userTest,
      {
        ...of,
        id: sql`'TEST-' || substr(s.id, 9)`,
        rewrite: number,
        tested_on: sql`s.tested_on`,
        testers: sql`s.testers`,
        understood: sql`s.understood`,
        completed: sql`s.completed`,
        remarks: sql`s.remarks`,
      },
      sql`${withReport} and s.testers is not null`,
    );
    return { ...merged, details: { tests: tests.inserted + tests.updated } };
  },
  ...keptFromFiles([rewrite, userTest], async (trx, { options }) => {
    await reportFuture(trx, { written_on: 'redige_le', tested_on: 'teste_le' });
    await checkReport(trx);
    await checkInUse(trx, publishedValue(options));
    if (options['written'] === undefined) await checkWritten(trx);
  }),
});

const checkReport = (trx: ImportTransaction) =>
  reportRows(trx, {
    code: 'UNKNOWN_REPORT',
    severity: 'QUARANTINED',
    column: 'identifiant',
    message: 'no such report: expected REWRITE-, its code and the number of the version',
    sample: sql`s.id`,
    where: sql`not exists (select from simplification.report r where r.id = ${reportId})`,
  });

/** The gallery shows what is in use, of public reports. */
const checkInUse = (trx: ImportTransaction, published: ReturnType<typeof publishedValue>) =>
  reportRows(trx, {
    code: 'NOT_DISSEMINATED',
    severity: 'QUARANTINED',
    column: 'publie',
    message: 'only a text that is in use is published, of a public report',
    sample: sql`s.id`,
    where: sql`${published} and exists (
      select from simplification.report r
       where r.id = ${reportId} and not (r.published and r.status = 'DISSEMINATED'))`,
  });

/** A version from a file would be the last one of a report that is being rewritten in the hub. */
const checkWritten = (trx: ImportTransaction) =>
  reportRows(trx, {
    code: 'WRITTEN_IN_THE_HUB',
    severity: 'QUARANTINED',
    column: 'identifiant',
    message: 'its report was written in the hub since; --option written=replace takes what the file says',
    sample: sql`s.id`,
    where: sql`exists (select from simplification.report r where r.id = ${reportId} and r.import_id is null)`,
  });
