import { sql } from 'kysely';
import type { Entity } from '../../../kernel/import/before.ts';
import { reportRows } from '../../../kernel/import/checks.ts';
import { code, date, decimal, integer, oneOf, text } from '../../../kernel/import/columns.ts';
import { reportFuture } from '../../../kernel/import/days.ts';
import { defineFeed, type ImportTransaction } from '../../../kernel/import/feed.ts';
import { keptFromFiles, writtenOption } from '../../../kernel/import/hub-written.ts';
import { keepRows } from '../../../kernel/import/keep.ts';
import { rejected } from '../../../kernel/import/problem.ts';
import { sheet } from '../../../kernel/import/sheet.ts';
import { labelCode } from './labels.merge.ts';

const labelAudit: Entity = { name: 'label_audit', table: 'improvement.label_audit', key: ['id'] };
const labelSurvey: Entity = { name: 'label_survey', table: 'improvement.label_survey', key: ['id'] };

const auditSheet = sheet({
  columns: {
    id: code({
      header: 'identifiant',
      required: true,
      pattern: /AUDIT-[\p{L}\p{N}._:-]{1,100}/u,
      expected: 'AUDIT- and a code',
    }),
    label: code({ header: 'label', required: true, ...labelCode }),
    organisation: text({ header: 'organisme', required: true, max: 300 }),
    audited_on: date({ header: 'audite_le', required: true }),
    score: decimal({ header: 'note', required: true, min: 0, max: 100 }),
    conform: oneOf({ header: 'conforme', required: true, labels: { oui: 'true', non: 'false' } }),
    summary: text({ header: 'synthese', max: 2000 }),
  },
});

const surveySheet = sheet({
  columns: {
    id: code({
      header: 'identifiant',
      required: true,
      pattern: /SURVEY-[\p{L}\p{N}._:-]{1,100}/u,
      expected: 'SURVEY- and a code',
    }),
    label: code({ header: 'label', required: true, ...labelCode }),
    kind: oneOf({ header: 'public', required: true, labels: { usagers: 'USERS', agents: 'AGENTS' } }),
    surveyed_on: date({ header: 'enquete_le', required: true }),
    respondents: integer({ header: 'repondants', required: true, min: 1, max: 10_000_000 }),
    satisfied: integer({ header: 'satisfaits', required: true, min: 0, max: 10_000_000 }),
  },
  rule: ({ respondents, satisfied }) =>
    respondents !== null && satisfied !== null && Number(satisfied) > Number(respondents)
      ? [rejected('satisfaits', 'OUT_OF_RANGE', 'expected at most repondants', satisfied)]
      : [],
});

/** Sets aside the rows of labels that are unknown. */
const checkLabels = (trx: ImportTransaction) =>
  reportRows(trx, {
    code: 'UNKNOWN_LABEL',
    severity: 'QUARANTINED',
    column: 'label',
    message: 'no such label',
    sample: sql`s.label`,
    where: sql`not exists (select from improvement.label l where l.id = s.label)`,
  });

/** An audit and a survey stand where their label does. */
const ofTheLabel = {
  id: sql`s.id`,
  label_id: sql`s.label`,
  network_id: sql`s.network_id`,
  structure_id: sql`s.structure_id`,
  site_id: sql`s.site_id`,
};
const withLabel = sql`(
  select s.*, l.network_id, l.structure_id, l.site_id
    from import_row s join improvement.label l on l.id = s.label) s`;

/** What external audits found of the services that apply for the label. */
export const labelAudits = defineFeed({
  name: 'label-audits',
  subgraph: 'improvement',
  description: 'External audits of quality labels: template for headquarters (CSV)',
  input: auditSheet,
  duplicateKey: ['id'],
  options: writtenOption,
  scope: () => 'all',
  ...keptFromFiles([labelAudit], async (trx) => {
    await reportFuture(trx, { audited_on: 'audite_le' });
    await checkLabels(trx);
  }),
  merge: (trx, { importId }) =>
    keepRows(
      trx,
      importId,
      labelAudit,
      {
        ...ofTheLabel,
        organisation: sql`s.organisation`,
        audited_on: sql`s.audited_on`,
        score: sql`s.score`,
        conform: sql`s.conform::boolean`,
        summary: sql`s.summary`,
      },
      withLabel,
    ),
});

/** What surveys of users and of agents found at the services that apply for the label. */
export const labelSurveys = defineFeed({
  name: 'label-surveys',
  subgraph: 'improvement',
  description: 'Surveys of users and of agents for quality labels: template for headquarters (CSV)',
  input: surveySheet,
  duplicateKey: ['id'],
  options: writtenOption,
  scope: () => 'all',
  ...keptFromFiles([labelSurvey], async (trx) => {
    await reportFuture(trx, { surveyed_on: 'enquete_le' });
    await checkLabels(trx);
  }),
  merge: (trx, { importId }) =>
    keepRows(
      trx,
      importId,
      labelSurvey,
      {
        ...ofTheLabel,
        kind: sql`s.kind`,
        surveyed_on: sql`s.surveyed_on`,
        respondents: sql`s.respondents`,
        satisfied: sql`s.satisfied`,
      },
      withLabel,
    ),
});
