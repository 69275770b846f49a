import { sql } from 'kysely';
import type { Viewer } from '../../../kernel/viewer.ts';
import type { Writing } from '../../../kernel/write/writing.ts';
import { checkCommitments } from '../fact/commitments.ts';
import { Mistakes } from '../fact/mistakes.ts';
import { PLANS } from '../fact/sources.ts';
import type { SubjectIds } from '../fact/subject.check.ts';
import { type SaveInput, saveFact, type Trx } from '../fact/write.ts';
import type { ImprovementDatabase, PlanRow } from '../tables.ts';

type Optional<T> = T | null | undefined;

export interface SavePlanInput extends SaveInput {
  title: string;
  description?: Optional<string>;
  commitments?: Optional<readonly string[]>;
  startsOn?: Optional<string>;
  dueOn?: Optional<string>;
  parent?: Optional<string>;
}

/** Makes an action plan, which is proposed and not public, or replaces what one says; links have their own mutation. */
export const savePlan = (writing: Writing<ImprovementDatabase>, input: SavePlanInput) =>
  saveFact<PlanRow, SavePlanInput>(
    writing,
    { kind: PLANS, name: 'saveActionPlan' },
    input,
    async (trx, subject, before) => {
      const mistakes = new Mistakes();
      const { startsOn = null, dueOn = null, parent = null } = input;
      mistakes.order(startsOn, dueOn, 'dueOn');
      mistakes.order(startsOn, before?.done_on, 'startsOn');
      const content = {
        title: mistakes.saidText(input.title, 300, 'title'),
        description: mistakes.text(input.description, 4000, 'description'),
        commitment_ids: await checkCommitments(trx, mistakes, input.commitments ?? [], 'commitments'),
        starts_on: startsOn,
        due_on: dueOn,
        parent_id: parent,
        ...(before === null ? { status: 'PROPOSED' } : {}),
      };
      if (parent !== null && !(await isAbove(trx, writing.viewer, parent, subject)))
        mistakes.add('UNKNOWN_PLAN', 'No such plan of this network above the place of this one.', 'parent');
      mistakes.refuse();
      return content;
    },
  );

/**
 * Whether a plan of the same network may be carried out by one at this place: it is national and this one is not, or
 * this one stands strictly below its structure or within its territory. So no plan comes back above itself. A local
 * referent knows the public ones and those of its branch: others are as if they did not exist.
 */
async function isAbove(
  trx: Trx,
  { role, structure }: Viewer,
  parent: string,
  { network_id, structure_id, site_id, territory_id }: SubjectIds,
): Promise<boolean> {
  const { rows } = await sql`
    select from improvement.action_plan p
      left join directory.structure s on s.id = ${structure_id}
      left join directory.site site on site.id = ${site_id}
      left join directory.territory t on t.id = ${territory_id}
     where p.id = ${parent} and p.network_id = ${network_id}
       and (p.published or ${role} <> 'LOCAL_REFERENT' or p.structure_id = any(directory.branch(${structure})))
       and p.site_id is null
       and case
         when p.structure_id is not null then
           (s.id <> p.structure_id or site.id is not null)
           and coalesce(s.id = any(directory.branch(p.structure_id)), true)
           and coalesce(site.id = any(directory.branch_sites(p.structure_id)), s.id is not null)
         when p.territory_id is not null and p.territory_id <> 'FR' then
           t.id is distinct from p.territory_id and p.territory_id in (
             coalesce(site.commune_id, s.commune_id), coalesce(site.departement_id, s.departement_id, t.departement_id),
             coalesce(site.region_id, s.region_id, t.region_id))
         else coalesce(s.id, site.id, nullif(t.id, 'FR')) is not null
       end`.execute(trx);
  return rows.length > 0;
}
