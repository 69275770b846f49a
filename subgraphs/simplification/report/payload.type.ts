import { payloadType, type Written } from '../../../kernel/graphql/mutation.ts';
import { builder, UserError } from '../builder.ts';
import type { SimplificationContext } from '../context.ts';
import { SimplificationReport } from './report.type.ts';

/** What became of any command on a report. */
export const ReportPayload = payloadType(builder, UserError, 'SimplificationReportPayload', {
  field: 'report',
  type: SimplificationReport,
  // Read anew: another command of the same request may have changed it.
  load: (id, { fresh }: SimplificationContext) => fresh.report(id),
});

/** Runs a command on a report, and forgets what this request has read of it before. */
export async function written(
  outcome: Promise<Written>,
  { loaders }: SimplificationContext,
  id: string,
): Promise<Written> {
  const result = await outcome;
  loaders.work.clear(id);
  loaders.rewrites.clear(id);
  return result;
}
