import { sql } from 'kysely';
import { reportRows } from '../../../kernel/import/checks.ts';
import type { ImportTransaction } from '../../../kernel/import/feed.ts';

/** Reports parents that nobody knows, and rejects every structure of a loop. */
export async function reportTree(trx: ImportTransaction): Promise<void> {
  await reportRows(trx, {
    code: 'UNKNOWN_PARENT',
    severity: 'NOTICE',
    column: 'code_sp_structure_parent',
    message: 'no such structure, neither in the file nor in the hub: kept without a parent',
    sample: sql`s.parent`,
    where: sql`s.parent is not null and not exists (select from import_row p where p.code = s.parent)
      and not exists (select from directory.structure d where d.id = 'STR-' || s.parent)`,
  });
  // A loop may close through a structure that the file does not repeat, hence both sources of parents.
  await sql`
    create temporary table sp_loop on commit drop as
    with recursive edge as (
      select 'STR-' || s.code as id, 'STR-' || s.parent as parent from import_row s where s.parent is not null
      union all
      select d.id, d.parent_id from directory.structure d
      where d.parent_id is not null and not exists (select from import_row s where 'STR-' || s.code = d.id)
    ),
    climb as (
      select id as start, parent, array[id] as path from edge
      union all
      select c.start, e.parent, c.path || e.id from climb c join edge e on e.id = c.parent
      where not e.id = any (c.path) and cardinality(c.path) < 100
    )
    select distinct start as id from climb where parent = start`.execute(trx);
  await reportRows(trx, {
    code: 'PARENT_LOOP',
    severity: 'REJECTED',
    column: 'code_sp_structure_parent',
    message: 'expected a tree: following the parents leads back to this structure',
    sample: sql`s.parent`,
    where: sql`'STR-' || s.code in (select id from sp_loop)`,
  });
}
