import { randomUUID } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import type { Scope } from '../../../kernel/viewer.ts';
import type { Versioned, Writing } from '../../../kernel/write/writing.ts';
import { type Mistakes, today } from '../fact/mistakes.ts';
import { stepOf } from '../fact/step.ts';
import { changeFact } from '../fact/write.ts';
import type { ApplicationRow, SurveyKind } from '../governance/tables.ts';
import type { ImprovementDatabase } from '../tables.ts';
import { APPLICATIONS } from './label.kind.ts';
import { labelWorkflow } from './label.workflow.ts';

export interface AuditInput extends Versioned {
  id: string;
  organisation: string;
  on: string;
  score: number;
  conform: boolean;
  summary?: string | null | undefined;
}

export interface SurveyInput extends Versioned {
  id: string;
  kind: SurveyKind;
  on: string;
  respondents: number;
  satisfied: number;
}

/** What kind of evidence is recorded, by whom, and how it is kept. */
interface Evidence<Input> {
  name: string;
  scope: Scope;
  verb: 'recordAudit' | 'recordSurvey';
  table: string;
  prefix: string;
  /** Columns and values; what is wrong goes to `mistakes`. */
  values(input: Input, mistakes: Mistakes): Readonly<Record<string, unknown>>;
}

/** Keeps evidence of a label under review: one more version of the label, with which it stands. */
const record = <Input extends Versioned & { id: string; on: string }>(
  writing: Writing<ImprovementDatabase>,
  { name, scope, verb, table, prefix, values }: Evidence<Input>,
  input: Input,
) =>
  changeFact<ApplicationRow, Input>(
    writing,
    { kind: APPLICATIONS, name, scope },
    input,
    stepOf<ApplicationRow, keyof typeof labelWorkflow.steps>(
      APPLICATIONS.noun,
      {
        flow: labelWorkflow,
        verb,
        async content(trx, row, mistakes) {
          mistakes.pastDay(input.on, today(), 'on');
          if (row.applied_on !== null && input.on < row.applied_on)
            mistakes.add('BEFORE_APPLICATION', `Expected a day from ${row.applied_on} on.`, 'on');
          const kept = Object.entries({
            id: `${prefix}-${randomUUID()}`,
            label_id: row.id,
            network_id: row.network_id,
            structure_id: row.structure_id,
            site_id: row.site_id,
            ...values(input, mistakes),
          });
          mistakes.refuse();
          await sql`
            insert into ${sql.table(`improvement.${table}`)} (${list(kept.map(([column]) => sql.ref(column)))})
            values (${list(kept.map(([, value]) => sql`${value}`))})`.execute(trx);
          return {};
        },
      },
      {},
    ),
  );

const list = (items: RawBuilder<unknown>[]) => sql.join(items);

/** Records what an external audit found. An audit by those who are audited would be none: DITP records it. */
export const recordAudit = (writing: Writing<ImprovementDatabase>, input: AuditInput) =>
  record(
    writing,
    {
      name: 'recordLabelAudit',
      scope: 'labels:award',
      verb: 'recordAudit',
      table: 'label_audit',
      prefix: 'AUDIT',
      values: ({ organisation, on, score, conform, summary }, mistakes) => {
        if (score < 0 || score > 100)
          mistakes.add('OUT_OF_RANGE', 'Expected a score from 0 to 100.', 'score');
        return {
          organisation: mistakes.saidText(organisation, 300, 'organisation'),
          audited_on: on,
          // As it was written: a number of JSON goes to PostgreSQL as its own digits.
          score: String(score),
          conform,
          summary: mistakes.text(summary, 2000, 'summary'),
        };
      },
    },
    input,
  );

/** Records what a survey of users or of agents found. */
export const recordSurvey = (writing: Writing<ImprovementDatabase>, input: SurveyInput) =>
  record(
    writing,
    {
      name: 'recordLabelSurvey',
      scope: 'improvement:write',
      verb: 'recordSurvey',
      table: 'label_survey',
      prefix: 'SURVEY',
      values: ({ kind, on, respondents, satisfied }, mistakes) => {
        if (respondents < 1) mistakes.add('OUT_OF_RANGE', 'Expected one respondent at least.', 'respondents');
        if (satisfied < 0 || satisfied > respondents)
          mistakes.add('OUT_OF_RANGE', `Expected a number from 0 to ${respondents}.`, 'satisfied');
        return { kind, surveyed_on: on, respondents, satisfied };
      },
    },
    input,
  );
