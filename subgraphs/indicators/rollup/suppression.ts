import { type QueryExecutorProvider, sql } from 'kysely';
import { answeredBy } from './computed.ts';
import { findExactTotals, guardExactTotals } from './other-levels.ts';
import { PENDING } from './pending.ts';
import {
  chooseLeaders,
  collectHeld,
  followLeaders,
  hideOtherWeights,
  shareWithheld,
} from './same-answers.ts';
import { findShorter, withholdLongerFigures, withholdLongerParts } from './shorter-periods.ts';

/**
 * Marks in `part` and `fig` what must be withheld (`hidden`).
 *
 * A rate computed from fewer answers than the threshold is withheld. A single withheld part could be found by
 * subtracting its siblings from the figure above: then the smallest sibling is withheld too, and with it
 * something inside it, else the sibling could itself be added up again. Groups made of the same answers withhold
 * the same; the guards look at the one that leads. A longer period withholds what a shorter one within it does.
 * @returns whether something withheld has to do with shorter periods
 */
export async function withhold(trx: QueryExecutorProvider): Promise<boolean> {
  await sql`
    update part p set hidden = 'SMALL_SAMPLE'
      from touched t, indicators.directory_state s
     where t.gid = p.gid and t.is_rate and ${answeredBy('p')} < s.suppression_threshold`.execute(trx);
  await sql`
    update fig f set hidden = 'SMALL_SAMPLE'
      from touched t, indicators.directory_state s
     where t.gid = f.gid and t.is_rate and ${answeredBy('f')} < s.suppression_threshold`.execute(trx);
  const isLonger = await findShorter(trx);
  if (isLonger) await withholdLongerParts(trx);
  const touched = await sql<{ any: boolean }>`
    select exists (select from part where hidden is not null)
      ${isLonger ? sql`or exists (select from withheld_shorter)` : sql``} as any`.execute(trx);
  if (!touched.rows[0]?.any) return false;
  await chooseLeaders(trx);
  await markFigures(trx);
  await shareWithheld(trx);
  const hasTotals = await findExactTotals(trx, isLonger);
  if (hasTotals) {
    await guardExactTotals(trx, false);
    await sameForSource(trx);
    await shareWithheld(trx);
  }
  await keepWithheld(trx);
  await guardUnits(trx);
  await guardFigures(trx, 3);
  await guardFigures(trx, 4);
  await followWithheld(trx, hasTotals);
  await collectHeld(trx);
  await hideOtherWeights(trx);
  await followLeaders(trx);
  await hideTypologies(trx);
  if (isLonger) await withholdLongerFigures(trx);
  await followWithheld(trx, hasTotals);
  return isLonger;
}

/** What says the same as something withheld, or the sum of it, is withheld as well. */
async function followWithheld(trx: QueryExecutorProvider, hasTotals: boolean): Promise<void> {
  await shareWithheld(trx);
  await sameForSource(trx);
  if (!hasTotals) return;
  await guardExactTotals(trx, true);
  await sameForSource(trx);
}

/** Room for what the guard finds out of a figure: `unknown`, see `judge`; and whether its group leads its family. */
async function markFigures(trx: QueryExecutorProvider): Promise<void> {
  await sql`
    alter table fig add column unknown boolean not null default false,
      add column leads boolean not null default true`.execute(trx);
  await sql`update fig f set leads = false from touched t where t.gid = f.gid and not t.leads`.execute(trx);
  await sql`analyze part (hidden)`.execute(trx);
}

/**
 * A unit that was withheld beside one of too few answers goes on being it as long as that one does, whatever else comes:
 * shown after all, it would give the other away to who kept what was shown before.
 */
async function keepWithheld(trx: QueryExecutorProvider): Promise<void> {
  await sql`
    update part p set hidden = 'COMPLEMENTARY'
      from part q join touched t on t.gid = q.gid and t.leads
     where q.gid = p.gid and q.cell = p.cell and q.is_part and q.hidden = 'SMALL_SAMPLE' and q.suppressed = 'SMALL_SAMPLE'
       and p.is_part and p.hidden is null and p.suppressed = 'COMPLEMENTARY'`.execute(trx);
}

/** Lowest cells with exactly one withheld part: their smallest other part is withheld. */
async function guardUnits(trx: QueryExecutorProvider): Promise<void> {
  await hideSmallestPart(
    trx,
    sql`
      select f.gid, f.territory_id from fig f
        join part p on p.gid = f.gid and p.is_part and p.cell = f.territory_id
       where f.leads and f.typology_id = '' and f.level = greatest(f.unit_level, 2)
       group by f.gid, f.territory_id
      having count(*) > 1 and count(p.hidden) = 1`,
  );
}

/**
 * Territories of a level that are shown above exactly one cell of unknown total: the total of the smallest
 * other cell is made unknown too: its figure is withheld, and so is one figure in it, and one part in that.
 */
async function guardFigures(trx: QueryExecutorProvider, level: number): Promise<void> {
  await judge(trx, level - 1);
  await hideSmallestChild(
    trx,
    sql`
      select f.gid, f.level, f.territory_id from fig f
        join fig c on c.gid = f.gid and c.level = f.level - 1 and c.parent_id = f.territory_id and c.typology_id = ''
       -- A withheld région too: where it holds all the units of its network, the nation shows its total.
       where f.leads and f.typology_id = '' and (f.hidden is null or f.level = 3) and f.level = ${level}
       group by f.gid, f.level, f.territory_id
      having count(*) > 1 and count(*) filter (where c.unknown) = 1`,
  );
  if (level === 4) {
    await hideSmallestChild(
      trx,
      sql`
        select f.gid, f.level, f.territory_id from fig f
          join fig c on c.gid = f.gid and c.level = f.level - 1 and c.parent_id = f.territory_id
           and c.typology_id = ''
         where f.leads and f.typology_id = '' and f.unknown and f.level = 3
         group by f.gid, f.level, f.territory_id
        having not bool_or(c.unknown)`,
    );
  }
  await hideSmallestPart(
    trx,
    sql`
      select f.gid, f.territory_id from fig f
        join part p on p.gid = f.gid and p.is_part and p.cell = f.territory_id
       where f.leads and f.typology_id = '' and f.unknown and f.level = greatest(f.unit_level, 2)
       group by f.gid, f.territory_id
      having count(p.hidden) = 0`,
  );
}

/**
 * The total of a cell's parts is unknown when no figure shows it (withheld, or published as something else than
 * that total) and something in it is unknown.
 */
async function judge(trx: QueryExecutorProvider, level: number): Promise<void> {
  await sql`
    update fig f set unknown = true
     where f.level = ${level} and f.typology_id = ''
       and (f.hidden is not null or f.basis = 'PUBLISHED' and not f.is_total)
       and (exists (select from part p
                     where p.gid = f.gid and p.is_part and p.cell = f.territory_id and p.hidden is not null)
         or exists (select from fig c
                     where c.gid = f.gid and c.level = f.level - 1 and c.parent_id = f.territory_id
                       and c.typology_id = '' and c.unknown))`.execute(trx);
}

type Cells = ReturnType<typeof sql>;

const hideSmallestPart = (trx: QueryExecutorProvider, cells: Cells) =>
  sql`
    update part p set hidden = 'COMPLEMENTARY'
      from (select distinct on (q.gid, q.cell) q.gid, q.id
              from (${cells}) c join part q on q.gid = c.gid and q.cell = c.territory_id and q.is_part
             where q.hidden is null
             order by q.gid, q.cell, q.respondents nulls last, q.id) x
     where p.gid = x.gid and p.id = x.id`.execute(trx);

const hideSmallestChild = (trx: QueryExecutorProvider, cells: Cells) =>
  sql`
    update fig f set hidden = coalesce(f.hidden, 'COMPLEMENTARY'), unknown = true
      from (select distinct on (q.gid, q.parent_id) q.gid, q.level, q.territory_id
              from (${cells}) c
              join fig q on q.gid = c.gid and q.level = c.level - 1 and q.parent_id = c.territory_id
               and q.typology_id = ''
             -- A figure that the source published where no unit is has no part in the sum above it: it hides nothing.
             where not q.unknown and exists (
               select from part p
                where p.gid = q.gid and p.is_part
                  -- Units that stand nowhere, '?…', count in the nation as well.
                  and case q.level when 2 then coalesce(p.departement_id, '?' || coalesce(p.region_id, ''))
                                   else coalesce(p.region_id, '?') end = q.territory_id)
             order by q.gid, q.parent_id, q.respondents nulls last, q.territory_id) x
     where f.gid = x.gid and f.level = x.level and f.territory_id = x.territory_id and f.typology_id = ''
  `.execute(trx);

/** Typologies cut a territory another way: where it holds a withheld part, none of them is shown. */
async function hideTypologies(trx: QueryExecutorProvider): Promise<void> {
  await sql`
    update fig f set hidden = 'COMPLEMENTARY'
     where f.typology_id <> '' and f.hidden is null and exists (
       select from part p
        where p.gid = f.gid and p.is_part and p.hidden is not null
          and case f.level when 2 then p.departement_id when 3 then p.region_id else 'FR' end = f.territory_id)
  `.execute(trx);
}

/** A figure and the result it was published as are one value: withheld together. */
async function sameForSource(trx: QueryExecutorProvider): Promise<void> {
  await sql`
    update part p set hidden = f.hidden from fig f
     where f.gid = p.gid and f.source_id = p.id and f.typology_id = '' and f.hidden is not null
       and p.hidden is null`.execute(trx);
  await sql`
    update fig f set hidden = p.hidden from part p
     where p.gid = f.gid and p.id = f.source_id and p.hidden is not null and f.hidden is null`.execute(trx);
}

/** Writes on the results what was derived of them, where it changed; a value that appears or goes is a change for readers. */
export async function flagResults(trx: QueryExecutorProvider): Promise<void> {
  await sql`
    update indicators.result r
       set is_unit = p.is_part, suppressed = p.hidden,
           changed_in = case when p.hidden is distinct from r.suppressed then ${PENDING} else r.changed_in end
      from part p join touched t on t.gid = p.gid
     where r.network_id = t.network_id and r.indicator_id = t.indicator_id and r.period_start = t.period_start
       and r.period_grain = t.period_grain and r.definition_version = t.definition_version
       and r.subject_id = p.id and r.publication_to is null
       and not p.is_pending and (p.is_part, p.hidden) is distinct from (p.is_unit, p.suppressed)`.execute(
    trx,
  );
}
