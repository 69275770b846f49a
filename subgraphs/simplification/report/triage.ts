import { sql, type Transaction } from 'kysely';
import { cleanText } from '../../../kernel/text.ts';
import { refuse } from '../../../kernel/write/refused.ts';
import type { Writing } from '../../../kernel/write/writing.ts';
import type { DocumentKind, Problem, SimplificationDatabase } from '../tables.ts';
import { dayOfStep, mistake, type Optional } from './mistakes.ts';
import { commandOnReport, type ReportInput } from './step.ts';

export interface TriageInput extends ReportInput {
  publish: boolean;
  kind?: Optional<DocumentKind>;
  problems?: Optional<readonly Problem[]>;
  document?: Optional<string>;
  on?: Optional<string>;
}

/**
 * Examines a report: it is a real one, which will be rewritten. What its reporter said of kind and problems may be
 * corrected, and the document be recognised. It becomes public if the network says so.
 *
 * @throws HubError as `commandOnReport`
 */
export const triageReport = (writing: Writing<SimplificationDatabase>, input: TriageInput) =>
  commandOnReport(
    writing,
    { name: 'triageReport', action: 'REPORT_TRIAGED', verb: 'triage' },
    input,
    async (trx, report) => {
      const { day, mistakes } = dayOfStep(report, input.on);
      const document = input.document ?? null;
      refuse([...mistakes, ...(await unknownDocument(trx, report.network_id, document))]);
      const columns = {
        triaged_on: day,
        published: input.publish,
        kind: input.kind ?? report.kind,
        problems: input.problems ? [...new Set(input.problems)] : report.problems,
        document_id: document ?? report.document_id,
      };
      const { kind, problems, document_id } = columns;
      return { columns, told: { on: day, publish: input.publish, kind, problems, document: document_id } };
    },
  );

export interface LinkInput extends ReportInput {
  document?: Optional<string>;
}

/**
 * Says of which document of the register a report is, or of none.
 *
 * @throws HubError as `commandOnReport`
 */
export const linkReportDocument = (writing: Writing<SimplificationDatabase>, input: LinkInput) =>
  commandOnReport(
    writing,
    { name: 'linkReportDocument', action: 'REPORT_LINKED', verb: null },
    input,
    async (trx, report) => {
      const document = input.document ?? null;
      refuse(await unknownDocument(trx, report.network_id, document));
      return { columns: { document_id: document }, told: { document } };
    },
  );

/** A document that is named stands in the register of the same network, published or not. */
async function unknownDocument(
  trx: Transaction<SimplificationDatabase>,
  network: string,
  document: string | null,
) {
  if (document === null) return [];
  const { rows } = await sql`
    select from simplification.document d
     where d.network_id = ${network} and d.id = ${cleanText(document, 'document')}`.execute(trx);
  return rows.length > 0
    ? []
    : [mistake('UNKNOWN_DOCUMENT', 'Expected a document of the register of this network.', 'document')];
}
