import { sql } from 'kysely';
import { date, type ExportColumn, id, texts } from '../../../kernel/export/column.ts';
import { choicesFilter, dayFilter, idFilter } from '../../../kernel/export/filter.ts';
import { defineExport, type ExportState } from '../../../kernel/export/set.ts';
import { isSelected } from '../report/selection.query.ts';

const columns: readonly ExportColumn[] = [
  id('id', 'The report.', sql`r.id`),
  id('network', 'The network that the document comes from.', sql`r.network_id`),
  id('structure', 'The structure that it comes from, where it is known.', sql`r.structure_id`),
  id('site', 'The site that it comes from, where it is known.', sql`r.site_id`),
  id('commune', 'Commune of that site or structure.', sql`r.commune_id`),
  id('departement', 'Its département.', sql`r.departement_id`),
  id('region', 'Its région.', sql`r.region_id`),
  id('document', 'The document of the register, where it was recognised.', sql`r.document_id`),
  id('kind', 'What was reported: `LETTER`, `EMAIL`, `FORM` or `WEB_PAGE`.', sql`r.kind`),
  id('reported_by', '`USER` or `AGENT`.', sql`r.reported_by`),
  texts('problems', 'What makes it hard to understand.', sql`r.problems`),
  id('status', 'How far its rewriting is.', sql`r.status`),
  date('received_on', 'Day of receipt.', sql`r.received_on`),
  date('triaged_on', 'Day of examination.', sql`r.triaged_on`),
  date('rewritten_on', 'Day on which its new version was written.', sql`r.rewritten_on`),
  date('tested_on', 'Day on which users tested the new version.', sql`r.tested_on`),
  date('disseminated_on', 'Day since which the new version is in use.', sql`r.disseminated_on`),
  date('declined_on', 'Day on which it was decided not to rewrite it.', sql`r.declined_on`),
];

/** Reports are few: what the public sees of them is their state. */
const state = sql<ExportState>`
  select concat_ws('.', (select coalesce(max(i.publication), 0) from simplification.import i),
                   count(*), coalesce(sum(hashtextextended(r::text, 0)), 0)) as version,
         null::timestamptz as modified
    from simplification.published_report r`;

/** Documents reported as too complex, as far as they are public: neither comments nor files. */
export const reportsExport = defineExport({
  name: 'reports',
  description: 'Public reports of documents that are too complex, without what their reporters wrote.',
  filters: {
    network: idFilter('The document comes from this network.'),
    structure: idFilter('It comes from this structure, or from one below it.'),
    site: idFilter('It comes from this site.'),
    territory: idFilter('Territory of the structure or site that it comes from.'),
    status: choicesFilter('It is at one of these steps:', [
      'RECEIVED',
      'TRIAGED',
      'IN_REWRITE',
      'USER_TESTED',
      'DISSEMINATED',
      'DECLINED',
    ]),
    kinds: choicesFilter('The document is one of these:', ['LETTER', 'EMAIL', 'FORM', 'WEB_PAGE']),
    problems: choicesFilter('At least one of these problems was reported:', [
      'JARGON',
      'TOO_DENSE',
      'REFUSAL_UNCLEAR',
      'TOO_LONG',
      'ACRONYMS',
      'LAYOUT',
      'ORDER',
      'OTHER',
    ]),
    receivedFrom: dayFilter('Received on that day or later.'),
    receivedTo: dayFilter('Received on that day or before.'),
  },
  networkFilter: 'network',
  columns,
  openData: null,
  key: ['id', 'network'],
  source: (filter) => ({
    from: sql`simplification.published_report r`,
    where: [isSelected('EVERYTHING', sql`''`, filter)],
  }),
  partitions: {
    receivedFrom: sql`date_trunc('year', r.received_on)::date`,
    receivedTo: sql`(date_trunc('year', r.received_on) + interval '1 year')::date - 1`,
  },
  state,
});
