import { sql } from 'kysely';
import { refuse } from '../../../kernel/write/refused.ts';
import type { Keyed, Writing } from '../../../kernel/write/writing.ts';
import type { FactSubjectInput, SubjectIds } from '../fact/subject.check.ts';
import { saveFact, type Trx } from '../fact/write.ts';
import { contentOf } from '../register/content.ts';
import type { ImprovementDatabase } from '../tables.ts';
import { PRACTICE_REUSES, type PracticeReuseRow } from './reuse.kind.ts';

export interface DeclareReuseInput extends Keyed {
  subject: FactSubjectInput;
  /** Id of a public practice. */
  practice: string;
  on: string;
  words?: string | null | undefined;
}

/** Says that a network, a structure or a site does as a public practice does; public at once. */
export const declareReuse = (writing: Writing<ImprovementDatabase>, input: DeclareReuseInput) =>
  saveFact<PracticeReuseRow, DeclareReuseInput>(
    writing,
    { kind: PRACTICE_REUSES, name: 'declareReuse' },
    input,
    async (trx, subject) => {
      const content = await contentOf(trx, PRACTICE_REUSES, { ...input }, subject);
      await demandReusable(trx, input.practice, subject);
      return { ...content, published: true };
    },
  );

/** Under the practice's lock, so that two who declare the same reuse at once are one after the other. */
async function demandReusable(trx: Trx, practice: string, subject: SubjectIds): Promise<void> {
  const same = (alias: string) => sql`
    (${sql.ref(`${alias}.network_id`)}, ${sql.ref(`${alias}.structure_id`)}, ${sql.ref(`${alias}.site_id`)})
      is not distinct from (${subject.network_id}::text, ${subject.structure_id}::text, ${subject.site_id}::text)`;
  const { rows } = await sql<{ own: boolean }>`
    select ${same('p')} as own from improvement.good_practice p
     where p.id = ${practice} and p.published for update`.execute(trx);
  const path = ['input', 'practice'];
  const [found] = rows;
  if (found === undefined) refuse([{ code: 'UNKNOWN_PRACTICE', message: 'No such public practice.', path }]);
  if (found?.own) refuse([{ code: 'OWN_PRACTICE', message: 'This is where the practice comes from.', path }]);
  const declared = await sql`
    select from improvement.practice_reuse r
     where r.practice_id = ${practice} and r.published and ${same('r')} limit 1`.execute(trx);
  if (declared.rows.length > 0)
    refuse([{ code: 'ALREADY_DECLARED', message: 'This reuse was declared before.', path }]);
}
