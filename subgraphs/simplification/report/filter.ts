import type { DocumentKind, Problem, ReportStatus } from '../tables.ts';

/** What a selection of reports is restricted to; an absent or null property restricts nothing. */
export interface ReportFilter {
  network?: string | null | undefined;
  structure?: string | null | undefined;
  site?: string | null | undefined;
  territory?: string | null | undefined;
  status?: readonly ReportStatus[] | null | undefined;
  kinds?: readonly DocumentKind[] | null | undefined;
  problems?: readonly Problem[] | null | undefined;
  receivedFrom?: string | null | undefined;
  receivedTo?: string | null | undefined;
}
