import { internal } from '../../../kernel/graphql/access.ts';
import { stepEnum } from '../../../kernel/graphql/mutation.ts';
import { possibleSteps } from '../../../kernel/write/workflow.ts';
import { builder } from '../builder.ts';
import type { SimplificationContext } from '../context.ts';
import type { ReportRow } from '../tables.ts';
import { SimplificationReport } from './report.type.ts';
import { reportWorkflow } from './report.workflow.ts';
import type { WorkRow } from './work.query.ts';

const StepEnum = stepEnum(builder, 'SimplificationStep', reportWorkflow);

/** A report as those who work on it see it; null for one out of reach. */
const workOf = async (report: ReportRow, { loaders }: SimplificationContext): Promise<WorkRow | null> =>
  isWork(report) ? report : loaders.work.load(report.id);

/** Read as such already, by a mutation or by the queue. */
const isWork = (report: ReportRow): report is WorkRow => 'version' in report;

const READ = internal('simplification:read');

builder.objectFields(SimplificationReport, (t) => ({
  version: t.int({
    nullable: true,
    ...READ,
    description: 'What mutations on it ask for: it counts every change. Null for networks out of reach.',
    resolve: async (report, _args, context) => (await workOf(report, context))?.version ?? null,
  }),
  possibleSteps: t.field({
    type: [StepEnum],
    nullable: true,
    ...READ,
    description: 'What may be done next; null for networks out of reach.',
    resolve: async (report, _args, context) => {
      const work = await workOf(report, context);
      return work && possibleSteps(reportWorkflow, work.status);
    },
  }),
  isPublic: t.boolean({
    nullable: true,
    ...READ,
    description: 'Whether everybody sees it, without what its reporter wrote.',
    resolve: async (report, _args, context) => (await workOf(report, context))?.published ?? null,
  }),
  declineReason: t.string({
    nullable: true,
    ...READ,
    description: 'Why it will not be rewritten, in the words of who declined it.',
    resolve: async (report, _args, context) => (await workOf(report, context))?.decline_reason ?? null,
  }),
}));
