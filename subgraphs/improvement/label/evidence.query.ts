import { type Kysely, sql } from 'kysely';
import type { LabelAuditRow, LabelSurveyRow } from '../governance/tables.ts';
import type { ImprovementDatabase } from '../tables.ts';

/** Where evidence is read: of published labels by everybody, of others by agents, under row-level security. */
type From = 'published' | 'agent';

const of = (from: From, table: string) =>
  sql.table(from === 'published' ? `improvement.published_${table}` : `improvement.${table}`);

/** The external audits of these labels, the first one first. */
export async function auditsOf(
  db: Kysely<ImprovementDatabase>,
  from: From,
  labels: readonly string[],
): Promise<LabelAuditRow[]> {
  const { rows } = await sql<LabelAuditRow>`
    select id, label_id, organisation, audited_on, score, conform, summary from ${of(from, 'label_audit')}
     where label_id = any(${[...labels]}::text[]) order by audited_on, recorded_at, id`.execute(db);
  return rows;
}

/** The surveys of these labels, the first one first; the share is exact to six decimals. */
export async function surveysOf(
  db: Kysely<ImprovementDatabase>,
  from: From,
  labels: readonly string[],
): Promise<(LabelSurveyRow & { share: string })[]> {
  const { rows } = await sql<LabelSurveyRow & { share: string }>`
    select id, label_id, kind, surveyed_on, respondents, satisfied,
           trim_scale(round(100.0 * satisfied / respondents, 6)) as share
      from ${of(from, 'label_survey')}
     where label_id = any(${[...labels]}::text[]) order by surveyed_on, recorded_at, id`.execute(db);
  return rows;
}
