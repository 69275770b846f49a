import type { Transaction, UpdateObject } from 'kysely';
import { HubError } from '../../../kernel/errors.ts';
import { cleanText } from '../../../kernel/text.ts';
import type { AuditRow } from '../../../kernel/write/audit.ts';
import { perform } from '../../../kernel/write/command.ts';
import type { Outcome } from '../../../kernel/write/refused.ts';
import { demandVersion } from '../../../kernel/write/version.ts';
import { stateAfter } from '../../../kernel/write/workflow.ts';
import { requestOf, type Versioned, type Writing } from '../../../kernel/write/writing.ts';
import type { ReportStatus, SimplificationDatabase } from '../tables.ts';
import { reportWorkflow } from './report.workflow.ts';
import { type LockedReport, lockedReport, workRows } from './work.query.ts';

export type Verb = keyof typeof reportWorkflow.steps;

/** What every command on a report receives. */
export interface ReportInput extends Versioned {
  id: string;
}

/** What a command changes of its report. */
export interface Change {
  columns: Partial<UpdateObject<SimplificationDatabase, 'simplification.report'>>;
  /** For the audit, beside the state: ids and figures, never a text that a user wrote. */
  told?: Readonly<Record<string, unknown>>;
  /** In the words of who did it. */
  reason?: string | null;
}

/**
 * The way of every command on a report: it must be one that the viewer sees, at the version that was read, and in a
 * state from which this may be done. The change is the report's next version, written in the hub: no file replaces it
 * in silence.
 *
 * @param verb step of the workflow, null for what leaves the state as it is
 * @param work what is to be changed; it refuses mistakes with `refuse`
 * @throws HubError as `perform`; NOT_FOUND for a report that does not exist or is out of reach, CONFLICT
 */
export async function commandOnReport<Input extends ReportInput>(
  writing: Writing<SimplificationDatabase>,
  { name, action, verb }: { name: string; action: string; verb: Verb | null },
  input: Input,
  work: (
    trx: Transaction<SimplificationDatabase>,
    report: LockedReport,
    status: ReportStatus,
  ) => Promise<Change>,
): Promise<Outcome<{ id: string }>> {
  const id = cleanText(input.id, 'id');
  const [seen] = await workRows(writing.agent, [id]);
  if (seen === undefined) throw noReport();
  const { network_id: network, structure_id: structure, site_id: site } = seen;
  const target = { scope: 'simplification:write' as const, network, place: { structure, site } };
  return perform(writing.owner, { ...requestOf(writing, name, input), ...target }, async (trx, audit) => {
    const report = await lockedReport(trx, network, id);
    if (report === null) throw noReport();
    demandVersion(input.version, report.version);
    const status = verb === null ? report.status : stateAfter(reportWorkflow, verb, report.status);
    const { columns, told = {}, reason = null } = await work(trx, report, status);
    await trx
      .updateTable('simplification.report')
      .set({ ...columns, status, import_id: null, import_row: null })
      .where('network_id', '=', network)
      .where('id', '=', id)
      .execute();
    await audit({ networkId: network, action, objectId: id, ...states(report, status, told), reason });
    return { id };
  });
}

/** The state before and after, by version. */
const states = (
  report: LockedReport,
  status: ReportStatus,
  told: Readonly<Record<string, unknown>>,
): Pick<AuditRow, 'before' | 'after'> => ({
  before: { status: report.status, version: report.version },
  after: { ...told, status, version: report.version + 1 },
});

/** One of another network is answered alike. */
const noReport = () => new HubError('NOT_FOUND', 'No such report.');
