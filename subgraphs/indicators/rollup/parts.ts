import { type QueryExecutorProvider, sql } from 'kysely';
import type { Pending } from './pending.ts';
import { placesOf } from './place.ts';

/** What results have in common in every table that holds them. */
const MEASURED = sql.raw(
  'respondents, value, numerator, denominator, very_favourable, favourable, unfavourable, very_unfavourable, updated_on',
);

/**
 * Temporary tables `place` (where subjects stand), `part` (results of the touched groups, with their place), `under` (what is below a structure)
 * and `unit_level`. A part that figures are made of is one by `is_part`.
 * @param pending results that are not stored yet, see `rollUp`; null: none
 */
export async function collectParts(
  trx: QueryExecutorProvider,
  pending: Pick<Pending, 'rows' | 'groups'> | null,
): Promise<void> {
  await collectCurrent(trx, pending);
  await place(trx);
  await collectBelow(trx);
  await chooseUnits(trx);
}

/**
 * The results of the touched groups, in a table of their own that is analysed: the statistics of `result` know
 * nothing of what this transaction wrote, and a plan made on them joins row by row. `origin` numbers the
 * publications and imports that they came with, in their order.
 */
async function collectCurrent(
  trx: QueryExecutorProvider,
  pending: Pick<Pending, 'rows' | 'groups'> | null,
): Promise<void> {
  const sameGroup = sql`r.network_id = t.network_id and r.indicator_id = t.indicator_id
    and r.period_start = t.period_start and r.period_grain = t.period_grain
    and r.definition_version = t.definition_version`;
  const measured = sql`r.subject_kind as kind, r.subject_id as id, ${MEASURED}, r.import_id, r.import_row,
    r.publication_from, r.period_inferred, r.corrects`;
  const waiting =
    pending === null
      ? sql``
      : sql`
      union all
      select t.gid, ${measured}, false, null, true
        from (select t.gid, r.gid as candidate_gid from touched t join (${pending.groups}) r on ${sameGroup}) t
        join (${pending.rows}) r on r.gid = t.candidate_gid`;
  await sql`
    create temporary table current_result on commit drop as
      select t.gid, ${measured}, r.is_unit, r.suppressed, false as is_pending
        from touched t join indicators.result r on ${sameGroup} and r.publication_to is null
      ${waiting}`.execute(trx);
  await sql`analyze current_result (gid, kind, id, import_id, publication_from)`.execute(trx);
  await sql`
    create temporary table origin on commit drop as
      select (row_number() over (order by publication_from, import_id :: text)) :: integer as origin,
             publication_from, import_id
        from (select distinct publication_from, import_id from current_result) o`.execute(trx);
  await sql`analyze origin`.execute(trx);
}

/**
 * Temporary table `place`: level, territories, typology and surroundings of what the results are about. Two numbers
 * stand for texts where rows are many: `pid` of the subject, in the order of ids, and `spot` of where it stands.
 */
async function place(trx: QueryExecutorProvider): Promise<void> {
  await sql`
    create temporary table place on commit drop as
      select *, (row_number() over (order by id collate "C")) :: integer as pid,
             (dense_rank() over (order by region_id, departement_id, typology_id)) :: integer as spot
        from (${placesOf(sql`select distinct kind, id from current_result`)}) p`.execute(trx);
  await sql`analyze place`.execute(trx);
}

/** Temporary table `under`: the structures and sites below each structure, with the days of the link. */
async function collectBelow(trx: QueryExecutorProvider): Promise<void> {
  await sql`
    create temporary table under on commit drop as
      with recursive tree (top, bottom) as (
        select s.parent_id, s.id from directory.structure s
         where s.parent_id is not null and s.network_id in (select member_id from network_scope)
        union
        select t.top, s.id from tree t join directory.structure s on s.parent_id = t.bottom)
      select top, bottom, null :: date as valid_from, null :: date as valid_to from tree
      union all
      select t.top, l.site_id, l.valid_from, l.valid_to
        from (select top, bottom from tree
              union select s.id, s.id from directory.structure s
               where s.network_id in (select member_id from network_scope)) t
        join directory.structure_site l on l.structure_id = t.bottom`.execute(trx);
  await sql`analyze under`.execute(trx);
}

/**
 * The units of a group are at its network's finest level; where nobody published there, at the nearest finer
 * level, else at the nearest coarser one. A structure is left out when something below it is a part, and a
 * territory's own value when a structure of that territory is: nothing counts twice.
 */
async function chooseUnits(trx: QueryExecutorProvider): Promise<void> {
  await sql`
    create temporary table unit_level on commit drop as
      select distinct on (t.gid) t.gid, t.network_id, t.period_start, t.period_end, p.level
        from touched t
        join (select distinct c.gid, x.level from current_result c join place x on x.kind = c.kind and x.id = c.id) p
          on p.gid = t.gid
       where t.network_id <> 'ALL'
       order by t.gid, case when p.level <= t.finest then t.finest - p.level else 10 + p.level end`.execute(
    trx,
  );
  // Without it the planner expects a handful of parts, and goes through all of `under` for each of them.
  await sql`analyze unit_level`.execute(trx);
  // What is read most comes first: a row is taken apart up to the last column that is asked for.
  await sql`
    create temporary table part on commit drop as
      select c.gid, x.pid, x.spot, x.level, o.origin, coalesce(x.level = g.level, false) as is_part, c.is_pending,
             c.is_unit, null :: text as hidden, c.suppressed, ${MEASURED}, c.import_row, c.period_inferred, c.corrects,
             c.kind, x.leaf, x.density, x.typology_id, x.departement_id, x.region_id, c.id,
             -- The lowest territory with a figure that it counts in; '?…' where that is not known.
             case when x.level = g.level then
               case when g.level <= 2 then coalesce(x.departement_id, '?' || coalesce(x.region_id, ''))
                    when g.level = 3 then coalesce(x.region_id, '?') else 'FR' end end as cell,
             c.import_id
        from current_result c
        join place x on x.kind = c.kind and x.id = c.id
        join origin o on o.publication_from = c.publication_from and o.import_id = c.import_id
        left join unit_level g on g.gid = c.gid`.execute(trx);
  await sql`analyze part (gid, kind, id, level, departement_id, region_id, typology_id, is_part, cell)`.execute(
    trx,
  );
  if (await onlySites(trx)) return;
  await sql`
    update part p set is_part = false
      from (select distinct q.gid, u.top
              from part q
              join unit_level g on g.gid = q.gid and g.level = q.level
              join under u on u.bottom = q.id
               and (u.valid_from is null or u.valid_from <= g.period_end)
               and (u.valid_to is null or u.valid_to > g.period_start)) below
     where below.gid = p.gid and below.top = p.id and p.is_part and p.kind = 'STRUCTURE'`.execute(trx);
  await sql`
    update part p set is_part = false
     where p.is_part and p.kind = 'TERRITORY' and exists (
       select from part q
        where q.gid = p.gid and q.is_part and q.kind = 'STRUCTURE' and q.level = p.level
          and q.departement_id is not distinct from p.departement_id
          and q.region_id is not distinct from p.region_id)`.execute(trx);
}

/** Whether all results of the touched groups are of sites, which nothing is below and which stand for nothing else. */
export async function onlySites(trx: QueryExecutorProvider): Promise<boolean> {
  const others = await sql`select from place where kind <> 'SITE' limit 1`.execute(trx);
  return others.rows.length === 0;
}
