import { type QueryExecutorProvider, sql } from 'kysely';

/**
 * Groups of one family (see `touched`) are made of the same answers: the rate of satisfied users and the net rate of
 * the same question give each other. So a unit that one of them withholds is withheld by all, and only the sums of one
 * of them are shown: those of the group that leads. The others may show the same sums, and no other.
 */

/** The group with the most units leads its family: the guards make its sums safe. */
export async function chooseLeaders(trx: QueryExecutorProvider): Promise<void> {
  await sql`
    update touched t set leads = false
      from (select o.gid, row_number() over (
                     partition by o.family order by count(p.id) desc, o.indicator_id, o.definition_version) as place
              from touched o left join part p on p.gid = o.gid and p.is_part
             group by o.gid, o.family, o.indicator_id, o.definition_version) x
     where x.gid = t.gid and x.place > 1`.execute(trx);
}

/** Withholds in every group of a family the results that one of them withholds, and what is nothing but these. */
export async function shareWithheld(trx: QueryExecutorProvider): Promise<void> {
  await sql`
    update part p set hidden = case when p.respondents is null then x.hidden else 'COMPLEMENTARY' end
      from touched t
      join (select o.family, q.id, max(q.hidden) as hidden
              from part q join touched o on o.gid = q.gid where q.hidden is not null group by 1, 2) x
        on x.family = t.family
     where t.gid = p.gid and p.id = x.id and p.hidden is null`.execute(trx);
  await sql`
    update fig f set hidden = 'COMPLEMENTARY'
      from touched t, fig q, touched o
     where t.gid = f.gid and f.hidden is null and f.typology_id = '' and f.respondents is null
       and o.family = t.family and o.gid <> t.gid and q.gid = o.gid and q.territory_id = f.territory_id
       and q.typology_id = '' and q.hidden = 'SMALL_SAMPLE'`.execute(trx);
  // A figure of one unit is that unit.
  await sql`
    update fig f set hidden = p.hidden
      from part p cross join lateral ${CELLS}
     where p.is_part and p.hidden is not null and f.gid = p.gid and f.level = c.level
       and f.territory_id = c.territory_id and f.hidden is null and f.typology_id = '' and f.parts = 1
       and (f.basis <> 'PUBLISHED' or f.is_total)`.execute(trx);
}

/** The territories `c` that a part `p` stands in. */
const CELLS = sql`(values (2, p.departement_id), (3, p.region_id), (4, 'FR')) c (level, territory_id)`;

/**
 * Temporary table `held`: each withheld unit in each figure that is shown and is a sum of units, with the weight that
 * it has there. A figure that the source published is one where it has as many answers as its units.
 */
export async function collectHeld(trx: QueryExecutorProvider): Promise<void> {
  await sql`
    create temporary table held on commit drop as
      select t.family, t.leads, f.gid, f.level, f.territory_id, p.id,
             trim_scale(case when f.basis = 'COMPUTED_UNWEIGHTED' then 1
                             when f.numerator is not null then p.denominator else p.respondents end) as weight
        from touched t
        join part p on p.gid = t.gid and p.is_part and p.hidden is not null
        cross join lateral ${CELLS}
        join fig f on f.gid = p.gid and f.level = c.level and f.territory_id = c.territory_id
         and f.typology_id = '' and f.hidden is null and (f.basis <> 'PUBLISHED' or f.is_total)
       where t.is_rate`.execute(trx);
  await sql`analyze held`.execute(trx);
}

/**
 * Withholds a figure above another one in which a withheld unit has another weight, as the plain mean of a région above
 * the weighted mean of a département: two different sums of the same units could give them.
 */
export async function hideOtherWeights(trx: QueryExecutorProvider): Promise<void> {
  await sql`
    with mixed as (
      select distinct h.gid, h.territory_id from held h
        join held l on l.gid = h.gid and l.id = h.id and l.level < h.level and l.weight is distinct from h.weight
    ), gone as (
      delete from held h using mixed m where m.gid = h.gid and m.territory_id = h.territory_id)
    update fig f set hidden = 'COMPLEMENTARY' from mixed m
     where m.gid = f.gid and m.territory_id = f.territory_id and f.typology_id = ''`.execute(trx);
}

/**
 * Withholds the figures of groups that do not lead where they are a sum of withheld units that the leader does not
 * show as well: the same units, with the same weights.
 */
export async function followLeaders(trx: QueryExecutorProvider): Promise<void> {
  await sql`
    with total as (
      select family, leads, gid, territory_id, array_agg(id || ' ' || coalesce(weight :: text, '?') order by id) as units
        from held where family in (select family from touched where not leads)
       group by family, leads, gid, territory_id)
    update fig f set hidden = 'COMPLEMENTARY'
      from total h
     where h.gid = f.gid and h.territory_id = f.territory_id and f.typology_id = '' and not h.leads
       and not exists (select from total l
                        where l.family = h.family and l.leads and l.territory_id = h.territory_id
                          and l.units = h.units)`.execute(trx);
}
