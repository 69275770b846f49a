import { sql } from 'kysely';
import type { Keyed, Writing } from '../../../kernel/write/writing.ts';
import { Mistakes, today } from '../fact/mistakes.ts';
import { type FactSubjectInput, subjectIds } from '../fact/subject.check.ts';
import { saveFact, type Trx } from '../fact/write.ts';
import type { ApplicationRow } from '../governance/tables.ts';
import type { ImprovementDatabase, LabelLevel } from '../tables.ts';
import { APPLICATIONS } from './label.kind.ts';
import { labelWorkflow } from './label.workflow.ts';

export interface ApplyInput extends Keyed {
  subject: FactSubjectInput;
  level: LabelLevel;
}

/**
 * Applies for the label, for a structure or a site: one application at a time for each. Its day is today.
 * @throws HubError as `saveFact`
 */
export const applyForLabel = (writing: Writing<ImprovementDatabase>, input: ApplyInput) =>
  saveFact<ApplicationRow, ApplyInput>(
    writing,
    { kind: APPLICATIONS, name: 'applyForLabel' },
    input,
    async (trx, { structure_id, site_id }) => {
      const mistakes = new Mistakes();
      if (structure_id === null && site_id === null) {
        mistakes.add('BAD_SUBJECT', 'Expected a structure or a site: a label is local.', 'subject');
      } else if (await hasApplied(trx, input.subject)) {
        mistakes.add('ALREADY_APPLIED', 'An application of this place is under way.', 'subject');
      }
      mistakes.refuse();
      return { state: labelWorkflow.initial, wanted_level: input.level, applied_on: today() };
    },
  );

/** Whether an application of the place waits for its end. Two that are sent at once wait for each other here. */
async function hasApplied(trx: Trx, subject: FactSubjectInput): Promise<boolean> {
  const { network_id, structure_id, site_id } = subjectIds(subject);
  const place = JSON.stringify(['label', network_id, structure_id, site_id]);
  await sql`select pg_advisory_xact_lock(hashtextextended(${place}, 0))`.execute(trx);
  const { rows } = await sql`
    select from improvement.label
     where network_id = ${network_id} and structure_id is not distinct from ${structure_id}
       and site_id is not distinct from ${site_id} and state in ('APPLIED', 'UNDER_REVIEW')`.execute(trx);
  return rows.length > 0;
}
