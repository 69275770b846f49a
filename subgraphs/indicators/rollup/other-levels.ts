import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely';

/**
 * Results that are no units: of structures and territories above them, of sites below them, of another indicator of the
 * question. No figure is made of them, so the guards of figures do not see them, but each may be the sum of others, or a
 * part of one. What is withheld among them must not be found through them either.
 *
 * Temporary tables `exact`: the sums among the results of families that have both one that is no unit and one that is
 * withheld, `top` with each `bottom`, known by as many answers, or cases, as the largest results within it have, or the
 * units within it; and `member`, what these results are. `is_guarded`: the guards of figures rely on the sum; `is_loose`:
 * nothing sees it but this.
 * @param isLonger figures are to be withheld for the sake of shorter periods: then what is not is looked at as well
 * @returns whether there is any
 */
export async function findExactTotals(trx: QueryExecutorProvider, isLonger: boolean): Promise<boolean> {
  await collectNodes(trx, isLonger);
  const { rows } = await sql`select from node where top limit 1`.execute(trx);
  if (rows.length === 0) return false;
  await findInside(trx);
  await findSums(trx);
  const sums = await sql`select from exact limit 1`.execute(trx);
  return sums.rows.length > 0;
}

/**
 * Temporary tables `one`, the results of these families, and `node`, what sums are made of: results one by one, but sites
 * that stand in the same places below the same structures together, which are in the same sums.
 */
async function collectNodes(trx: QueryExecutorProvider, isLonger: boolean): Promise<void> {
  await sql`
    create temporary table one on commit drop as
      with odd as (
        select t.family from part p join touched t on t.gid = p.gid and t.is_rate
         group by t.family
        having bool_or(not p.is_part or not t.leads) and (${isLonger} or bool_or(p.hidden is not null))
      ), result as (
        select t.family, p.id, min(p.kind) as kind, min(p.level) as level, min(p.departement_id) as departement_id,
               min(p.region_id) as region_id, bool_or(p.is_part and t.leads) as is_unit,
               min(p.respondents) as respondents, min(p.denominator) as denominator
          from part p join touched t on t.gid = p.gid join odd on odd.family = t.family
         where p.kind <> 'PROCEDURE' group by t.family, p.id
      ), above as (
        select o.family, u.bottom as id, string_agg(u.top, ' ' order by u.top) as tops
          from result o join under u on u.top = o.id
         group by o.family, u.bottom
      )
      select r.*, coalesce(a.tops, '') as tops,
             case when r.is_unit and r.level = 1 then concat_ws(' ', '~', r.departement_id, r.region_id, a.tops)
                  else r.id end as node
        from result r left join above a on a.family = r.family and a.id = r.id`.execute(trx);
  await sql`analyze one`.execute(trx);
  await sql`
    create temporary table node on commit drop as
      select distinct family, node, node = id as top, kind, level, departement_id, region_id, tops from one`.execute(
    trx,
  );
  await sql`analyze node`.execute(trx);
}

/** Temporary table `inside`: which nodes are within a result, at any depth. */
async function findInside(trx: QueryExecutorProvider): Promise<void> {
  await sql`
    create temporary table inside on commit drop as
      with spot as (
        select family, node, kind, level,
               case level when 2 then departement_id when 3 then region_id else 'FR' end as territory_id
          from node where top and level > 1
      ), tree as (
        select n.family, t.top, n.node as bottom
          from node n cross join lateral string_to_table(nullif(n.tops, ''), ' ') as t (top)
      ), placed as (
        select n.family, a.node as top, n.node as bottom, a.kind
          from node n
          cross join lateral (values (2, n.departement_id), (3, n.region_id), (4, 'FR')) c (level, territory_id)
          join spot a on a.family = n.family and a.territory_id = c.territory_id and a.level = c.level
         where n.level < a.level or n.level = a.level and n.kind = 'STRUCTURE' and a.kind = 'TERRITORY'
      )
      -- What a structure holds is what is below it, or all that stands in its territory: sums tell which.
      select family, top, bottom, false as by_place from tree
      union select family, top, bottom, false from placed where kind = 'TERRITORY'
      union select family, top, bottom, true from tree
      union select family, top, bottom, true from placed`.execute(trx);
  await sql`analyze inside`.execute(trx);
}

async function findSums(trx: QueryExecutorProvider): Promise<void> {
  await sql`
    create temporary table exact on commit drop as
      with guarded as (
        select o.gid, p.id, true as by_guards
          from part p
          join touched t on t.gid = p.gid and t.leads
          join touched o on o.family = t.family
         where p.is_part and p.level > 1
        union
        select f.gid, f.source_id, t.leads from fig f join touched t on t.gid = f.gid
         where f.is_total and f.typology_id = ''
      ), amount as (
        -- What each group knows of a node: its own results, or those of all of its family.
        select t.gid, o.family, o.node, w.is_wide, bool_and(coalesce(p.is_part, false)) as of_units, count(*) as results,
               count(coalesce(p.respondents, case when w.is_wide then o.respondents end)) as with_respondents,
               sum(coalesce(p.respondents, case when w.is_wide then o.respondents end)) as respondents,
               count(coalesce(p.denominator, case when w.is_wide then o.denominator end)) as with_denominator,
               sum(coalesce(p.denominator, case when w.is_wide then o.denominator end)) as denominator
          from one o
          join touched t on t.family = o.family
          join (select family, count(*) > 1 as several from touched group by family) f on f.family = o.family
          join (values (false), (true)) w (is_wide) on f.several or not w.is_wide
          left join part p on p.gid = t.gid and p.id = o.id
         where p.gid is not null or w.is_wide
         group by t.gid, o.family, o.node, w.is_wide
      ), known as (
        select a.*, i.top, i.by_place from inside i join amount a on a.family = i.family and a.node = i.bottom
      ), chosen as (
        -- The largest within: those that are within no other of them.
        select k.*, false as are_units from known k
         where not exists (
           select from known m
             join inside b on b.family = m.family and b.top = m.node and b.by_place = m.by_place
            where m.gid = k.gid and m.is_wide = k.is_wide and m.by_place = k.by_place and m.top = k.top
              and b.bottom = k.node)
        union all
        select *, true from known where of_units and not is_wide
      ), total as (
        select c.gid, c.top, c.by_place, c.is_wide, c.are_units, bool_and(c.of_units) as of_units
          from chosen c join part q on q.gid = c.gid and q.id = c.top
         group by c.gid, c.top, c.by_place, c.is_wide, c.are_units, q.respondents, q.denominator
        having sum(c.with_respondents) = sum(c.results) and sum(c.respondents) = q.respondents
            or sum(c.with_denominator) = sum(c.results) and sum(c.denominator) = q.denominator
      )
      select (dense_rank() over (order by x.gid, x.top, x.by_place, x.is_wide, x.are_units)) :: integer as sum,
             c.family, c.top, o.id as bottom, x.of_units as are_units, coalesce(g.by_guards, false) as is_guarded,
             g.id is null or not g.by_guards and not x.of_units as is_loose
        from total x
        join chosen c on c.gid = x.gid and c.top = x.top and c.by_place = x.by_place and c.is_wide = x.is_wide
          and c.are_units = x.are_units
        join one o on o.family = c.family and o.node = c.node
        left join part p on p.gid = x.gid and p.id = o.id
        left join (select gid, id, bool_or(by_guards) as by_guards from guarded group by 1, 2) g
          on g.gid = c.gid and g.id = c.top
       where p.id is not null or x.is_wide`.execute(trx);
  await sql`
    create temporary table member on commit drop as
      select o.family, o.id, o.is_unit, o.respondents, null :: text as hidden from one o
        join (select family, top as id from exact union select family, bottom from exact) e using (family, id)
  `.execute(trx);
  await sql`drop table one, node, inside`.execute(trx);
  await sql`analyze exact`.execute(trx);
}

/**
 * Withholds what would give a withheld result away, until nothing does: a sum in which one is withheld; where the guards
 * rely on that sum, the smallest other result in it; and in a sum that is withheld something, else it could be added up.
 * @param isGuarded the guards have run: no unit may be chosen any more, for they would have to run again
 */
export async function guardExactTotals(trx: QueryExecutorProvider, isGuarded: boolean): Promise<void> {
  await sql`
    update member m set hidden = x.hidden
      from (select t.family, p.id, max(p.hidden) as hidden from part p join touched t on t.gid = p.gid
             where p.hidden is not null group by 1, 2) x
     where x.family = m.family and x.id = m.id and m.hidden is null`.execute(trx);
  for (;;) {
    const sums = await hide(
      trx,
      sql`
      select family, top as id from (${STATE}) s
       where top_shown and hidden > 0 and (is_loose or is_guarded and members = 1)`,
    );
    const parts = await hide(
      trx,
      sql`
      select distinct on (s.sum) s.family, e.bottom
        from (${STATE}) s
        join exact e on e.sum = s.sum
        join member m on m.family = e.family and m.id = e.bottom
       where not s.are_units and m.hidden is null and ${isGuarded ? sql`not m.is_unit` : sql`true`}
         and (s.top_shown and s.is_guarded and s.hidden = 1 or not s.top_shown and s.hidden = 0)
       order by s.sum, m.respondents nulls last, m.id`,
    );
    if (!sums && !parts) return;
  }
}

/** How many of the results that another is the sum of are withheld. */
const STATE: RawBuilder<unknown> = sql`
  select e.sum, e.family, e.top, e.are_units, e.is_loose, e.is_guarded, o.hidden is null as top_shown,
         count(*) as members, count(m.hidden) as hidden
    from exact e
    join member m on m.family = e.family and m.id = e.bottom
    join member o on o.family = e.family and o.id = e.top
   group by e.sum, e.family, e.top, e.are_units, e.is_loose, e.is_guarded, o.hidden`;

/** Withholds results in every group of their family. @returns whether there were any */
async function hide(trx: QueryExecutorProvider, found: RawBuilder<unknown>): Promise<boolean> {
  const { numAffectedRows = 0n } = await sql`
    with found (family, id) as (${found}),
    noted as (
      update member m set hidden = 'COMPLEMENTARY' from found x
       where m.family = x.family and m.id = x.id and m.hidden is null)
    update part p set hidden = 'COMPLEMENTARY'
      from found x join touched t on t.family = x.family
     where p.gid = t.gid and p.id = x.id and p.hidden is null`.execute(trx);
  return numAffectedRows > 0n;
}
