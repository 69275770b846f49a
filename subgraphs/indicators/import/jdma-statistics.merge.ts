import { sql } from 'kysely';
import { reportRows } from '../../../kernel/import/checks.ts';
import { reportFuture } from '../../../kernel/import/days.ts';
import { defineFeed, type ImportTransaction } from '../../../kernel/import/feed.ts';
import { keepRows } from '../../../kernel/import/keep.ts';
import { restoreEntities } from '../../../kernel/import/restore.ts';
import { JDMA_COUNT, JDMA_STATISTICS } from '../jdma/feeds.ts';
import { SCORE } from '../jdma/marks.ts';
import { openScores, publishScores } from '../jdma/scores.ts';
import { latestDefinition } from '../publication/in-force.ts';
import { periodOfDate, periodOfLabel } from '../publication/period-sql.ts';
import { jdmaStatisticsInput } from './jdma-statistics.input.ts';
import { periodOption } from './result-columns.ts';

/** Procedures of the services that a query gives. */
const proceduresOf = (services: ReturnType<typeof sql>) => sql`
  select network_id, procedure_id from indicators.jdma_service where service_id in (${services})`;

/**
 * Statistics of « Je donne mon avis », from which online procedures are scored out of ten. An interval that comes again
 * takes the place of what was counted for it.
 */
export const jdmaStatistics = defineFeed({
  name: JDMA_STATISTICS,
  subgraph: 'indicators',
  description: 'Statistics of Je donne mon avis (JSON of its API): scores of online procedures',
  source: 'Je donne mon avis (DINUM)',
  input: jdmaStatisticsInput,
  options: periodOption,
  scope: () => 'all',
  entities: [JDMA_COUNT],
  async check(trx, { options }) {
    await datedBy(trx, options['period']);
    await reportLinks(trx);
    await reportFuture(trx, { starts_on: 'date' });
    await reportIntervals(trx);
    await reportTaken(trx);
  },
  async merge(trx, context) {
    await sql`delete from import_row where form is null`.execute(trx);
    const steps = ['very_good', 'good', 'medium', 'bad', 'very_bad'].map((name) => [
      name,
      sql.ref(`s.${name}`),
    ]);
    const report = await keepRows(trx, context.importId, JDMA_COUNT, {
      service_id: sql`s.service`,
      form_id: sql`s.form`,
      starts_on: sql`s.starts_on`,
      ends_on: sql`s.ends_on`,
      five_steps: sql`s.five_steps`,
      ...Object.fromEntries(steps),
    });
    await openScores(
      trx,
      proceduresOf(sql`select service from import_row`),
      sql`select starts_on from import_row`,
    );
    const scores = await publishScores(trx, context);
    return { ...report, details: { scores: scores.inserted + scores.updated + scores.closed } };
  },
  async rollback(trx, { importId, rollbackId, publication }) {
    // service|form|first day|last day: none of these holds a bar.
    await sql`
      create temporary table recounted on commit drop as
        select split_part(entity_id, '|', 1) as service, split_part(entity_id, '|', 3)::date as day
          from indicators.import_before where import_id = ${importId}::uuid and entity = ${JDMA_COUNT.name}`.execute(
      trx,
    );
    await restoreEntities(trx, importId, [JDMA_COUNT]);
    await openScores(trx, proceduresOf(sql`select service from recounted`), sql`select day from recounted`);
    await publishScores(trx, { importId: rollbackId, publication });
  },
});

/** Counts of « all time » are of the period that the operator says. */
async function datedBy(trx: ImportTransaction, period: string | undefined): Promise<void> {
  if (period !== undefined) {
    const { start, end } = periodOfLabel(sql`${period}::text`);
    await sql`
      update import_row set starts_on = ${start}, ends_on = ${end} where form is not null and starts_on is null`.execute(
      trx,
    );
  }
  await reportRows(trx, {
    code: 'REQUIRED',
    severity: 'REJECTED',
    column: 'length_interval',
    message:
      'expected intervals of a day, a month or a year, or the option "period" for what is counted at once',
    where: sql`s.form is not null and s.starts_on is null`,
  });
}

/** A service that nobody has linked with a procedure is left out. */
const reportLinks = (trx: ImportTransaction) =>
  reportRows(trx, {
    code: 'UNLINKED_SERVICE',
    severity: 'QUARANTINED',
    column: 'product_id',
    message: 'no procedure is linked with this service: import jdma-services first',
    sample: sql`s.service || ' ' || s.title`,
    where: sql`not exists (select from indicators.jdma_service j where j.service_id = s.service)`,
  });

/** An answer counts once, in one period. */
async function reportIntervals(trx: ImportTransaction): Promise<void> {
  const period = periodOfDate(sql`s.starts_on`, sql`f.frequency`);
  await reportRows(trx, {
    code: 'BAD_INTERVAL',
    severity: 'REJECTED',
    column: 'date',
    message: 'expected an interval within one period of the score',
    sample: sql`s.starts_on || ' – ' || s.ends_on`,
    where: sql`s.ends_on > (select ${period.end} from (${latestDefinition(sql`${SCORE}::text`)}) f)`,
  });
  const overlaps = (other: string) => sql`${sql.ref(`${other}.starts_on`)} <= s.ends_on
    and ${sql.ref(`${other}.ends_on`)} >= s.starts_on`;
  await reportRows(trx, {
    code: 'OVERLAPPING_INTERVAL',
    severity: 'REJECTED',
    column: 'date',
    message: 'expected intervals that do not overlap: the same answers would count twice',
    sample: sql`s.starts_on || ' – ' || s.ends_on`,
    where: sql`
      exists (select from import_row o
               where o.ctid <> s.ctid and o.service = s.service and o.form = s.form and ${overlaps('o')})
      or exists (select from indicators.jdma_count c
                  where c.service_id = s.service and c.form_id = s.form and ${overlaps('c')}
                    and (c.starts_on, c.ends_on) <> (s.starts_on, s.ends_on))`,
  });
}

/** What a network published, corrected or withdrew by itself stays. */
async function reportTaken(trx: ImportTransaction): Promise<void> {
  await openScores(
    trx,
    proceduresOf(sql`select service from import_row`),
    sql`select starts_on from import_row where starts_on is not null`,
  );
  await reportRows(trx, {
    code: 'PUBLISHED_OTHERWISE',
    severity: 'QUARANTINED',
    column: 'product_id',
    message: 'the network published the score of this procedure otherwise',
    sample: sql`s.service || ' ' || s.title`,
    where: sql`exists (
      select from scored x join indicators.jdma_service j
          on j.network_id = x.network_id and j.procedure_id = x.subject_id
       where x.taken and j.service_id = s.service and s.starts_on between x.period_start and x.period_end)`,
  });
}
