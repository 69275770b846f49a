import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely';

/**
 * Results that are no units: of structures and territories above them, of sites below them, of another indicator of the
 * question. No figure is made of them, so the guards of figures do not see them, but each may be the sum of others, or a
 * part of one. What is withheld among them must not be found through them either.
 *
 * Temporary tables `member`: the results of each family that has both one that is no unit and one that is withheld; and
 * `exact`: the sums among them, `top` with each `bottom`. A sum is known by as many answers, or cases, as the largest
 * results within it have, or the units within it. `is_guarded`: the guards of figures rely on it; `is_loose`: nothing
 * sees it but this.
 * @param isLonger figures are to be withheld for the sake of shorter periods: then what is not is looked at as well
 * @returns whether there is any
 */
export async function findExactTotals(trx: QueryExecutorProvider, isLonger: boolean): Promise<boolean> {
  await sql`
    create temporary table member on commit drop as
      with odd as (
        select t.family from part p join touched t on t.gid = p.gid and t.is_rate
         group by t.family
        having bool_or(not p.is_part or not t.leads) and (${isLonger} or bool_or(p.hidden is not null))
      )
      select t.family, p.id, min(p.kind) as kind, min(p.level) as level, min(p.departement_id) as departement_id,
             min(p.region_id) as region_id, bool_or(p.is_part and t.leads) as is_unit,
             min(p.respondents) as respondents, min(p.denominator) as denominator, max(p.hidden) as hidden
        from part p join touched t on t.gid = p.gid join odd on odd.family = t.family
       where p.kind <> 'PROCEDURE' group by t.family, p.id`.execute(trx);
  await sql`analyze member`.execute(trx);
  await sql`
    create temporary table inside on commit drop as
      with spot as (
        select family, id, kind, level,
               case level when 2 then departement_id when 3 then region_id else 'FR' end as territory_id
          from member where level > 1
      ), tree as (
        select m.family, u.top, m.id as bottom
          from member m join under u on u.bottom = m.id
          join member o on o.family = m.family and o.id = u.top
      ), placed as (
        select m.family, a.id as top, m.id as bottom, a.kind
          from member m
          cross join lateral (values (2, m.departement_id), (3, m.region_id), (4, 'FR')) c (level, territory_id)
          join spot a on a.family = m.family and a.territory_id = c.territory_id and a.level = c.level
         where m.level < a.level or m.level = a.level and m.kind = 'STRUCTURE' and a.kind = 'TERRITORY'
      )
      -- What a structure holds is what is below it, or all that stands in its territory: sums tell which.
      select family, top, bottom, false as by_place from tree
      union select family, top, bottom, false from placed where kind = 'TERRITORY'
      union select family, top, bottom, true from tree
      union select family, top, bottom, true from placed`.execute(trx);
  await sql`analyze inside`.execute(trx);
  await sql`
    create temporary table exact on commit drop as
      with guarded as (
        select o.gid, p.id, true as by_guards
          from part p
          join touched t on t.gid = p.gid and t.leads
          join touched o on o.family = t.family
         where p.is_part
        union
        select f.gid, f.source_id, t.leads from fig f join touched t on t.gid = f.gid
         where f.is_total and f.typology_id = ''
      ), known as (
        -- What each group knows of the results in a sum of its own: those of the group, or of all of its family.
        select t.gid, i.family, i.top, i.bottom, i.by_place, false as is_wide, p.is_part, p.respondents, p.denominator
          from inside i
          join touched t on t.family = i.family
          join part p on p.gid = t.gid and p.id = i.bottom
        union all
        select t.gid, i.family, i.top, i.bottom, i.by_place, true, coalesce(p.is_part, false),
               coalesce(p.respondents, m.respondents), coalesce(p.denominator, m.denominator)
          from inside i
          join member m on m.family = i.family and m.id = i.bottom
          join touched t on t.family = i.family
          left join part p on p.gid = t.gid and p.id = i.bottom
      ), chosen as (
        -- The largest within: those that are within no other of them.
        select k.*, false as are_units from known k
         where not exists (
           select from known m
             join inside b on b.family = m.family and b.top = m.bottom and b.by_place = m.by_place
            where m.gid = k.gid and m.is_wide = k.is_wide and m.by_place = k.by_place and m.top = k.top
              and b.bottom = k.bottom)
        union all
        select *, true from known where is_part and not is_wide
      ), total as (
        select c.gid, c.top, c.by_place, c.is_wide, c.are_units, bool_and(c.is_part) as of_units
          from chosen c join part q on q.gid = c.gid and q.id = c.top
         group by c.gid, c.top, c.by_place, c.is_wide, c.are_units, q.respondents, q.denominator
        having count(c.respondents) = count(*) and sum(c.respondents) = q.respondents
            or count(c.denominator) = count(*) and sum(c.denominator) = q.denominator
      )
      select (dense_rank() over (order by x.gid, x.top, x.by_place, x.is_wide, x.are_units)) :: integer as sum,
             c.family, c.top, c.bottom, x.of_units as are_units, coalesce(g.by_guards, false) as is_guarded,
             g.id is null or not g.by_guards and not x.of_units as is_loose
        from total x
        join chosen c on c.gid = x.gid and c.top = x.top and c.by_place = x.by_place and c.is_wide = x.is_wide
          and c.are_units = x.are_units
        left join (select gid, id, bool_or(by_guards) as by_guards from guarded group by 1, 2) g
          on g.gid = c.gid and g.id = c.top`.execute(trx);
  await sql`drop table inside`.execute(trx);
  await sql`analyze exact`.execute(trx);
  const { rows } = await sql`select from exact limit 1`.execute(trx);
  return rows.length > 0;
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
