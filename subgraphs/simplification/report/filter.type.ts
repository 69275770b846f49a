import { builder } from '../builder.ts';
import { DocumentKindEnum, ProblemEnum, ReportStatusEnum } from './enums.type.ts';

export const ReportFilterInput = builder.inputType('SimplificationReportFilter', {
  description: 'Restricts a selection of reports; every condition given must hold.',
  fields: (t) => ({
    network: t.id({ description: 'The document comes from this network.' }),
    structure: t.id({ description: 'It comes from this structure, or from one below it.' }),
    site: t.id({ description: 'It comes from this site.' }),
    territory: t.id({ description: 'Territory of the structure or site that it comes from.' }),
    status: t.field({ type: [ReportStatusEnum], description: 'It is at one of these steps.' }),
    kinds: t.field({ type: [DocumentKindEnum], description: 'The document is one of these.' }),
    problems: t.field({ type: [ProblemEnum], description: 'At least one of these problems was reported.' }),
    receivedFrom: t.field({ type: 'Date', description: 'Received on that day or later.' }),
    receivedTo: t.field({ type: 'Date', description: 'Received on that day or before.' }),
  }),
});
