import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely';
import { ABOVE } from '../equality/above.ts';
import { placesOf } from './place.ts';
import { MEANING } from './touched.ts';

/**
 * A year is the sum of its quarters: beside the year and three quarters the fourth can be worked out. So a longer
 * period shows only what the shorter ones within it show as well. A unit or a figure that one of them withholds is
 * withheld by it too, and the other way round nothing changes: what is shorter is published first, and who kept a
 * copy of it would not forget.
 *
 * Then a longer period tells nothing that its shorter ones do not tell, but of units that are not in both. Of these a
 * reader knows what is left of a territory when its shorter figures are taken away; a figure by which that would be a
 * single one is withheld (`withholdLongerFigures`).
 */

/** SQL: a result `r` of the group `n` of the table `shorter`. */
const ofShorter = sql`
  r.network_id = n.network_id and r.indicator_id = n.indicator_id and r.period_start = n.period_start
  and r.period_grain = n.period_grain and r.definition_version = n.definition_version and r.publication_to is null`;

/**
 * Temporary table `shorter`: groups of the same answers in the shorter periods within the touched groups. If there are
 * any, `withheld_shorter` is what they withhold.
 * @returns whether there are any: there are none most of the time
 */
export async function findShorter(trx: QueryExecutorProvider): Promise<boolean> {
  await sql`
    create temporary table shorter on commit drop as
      select t.gid, t.network_id, m.indicator_id, m.version as definition_version, g.grain as period_grain,
             month.start :: date as period_start
        from touched t
        join (${MEANING}) m on m.answers = t.answers
        join (values ('MONTH', 1), ('QUARTER', 3), ('SEMESTER', 6)) g (grain, months)
          on g.months < case t.period_grain when 'YEAR' then 12 when 'SEMESTER' then 6 when 'QUARTER' then 3 else 0 end
        cross join lateral generate_series(t.period_start :: timestamp, t.period_end, g.months * interval '1 month')
          month (start)
        cross join lateral (
          select from indicators.result r
           where r.network_id = t.network_id and r.indicator_id = m.indicator_id
             and r.period_start = month.start :: date and r.period_grain = g.grain
             and r.definition_version = m.version and r.publication_to is null
           limit 1) found
       where t.is_rate and t.period_grain <> 'MONTH'`.execute(trx);
  const { rows } = await sql`select from shorter limit 1`.execute(trx);
  if (rows.length === 0) return false;
  await sql`
    create temporary table withheld_shorter on commit drop as
      select n.*, r.subject_kind as kind, r.subject_id as id, r.is_unit
        from shorter n join indicators.result r on ${ofShorter} and r.suppressed is not null`.execute(trx);
  return true;
}

/** Withholds the parts that a shorter period withholds. */
export async function withholdLongerParts(trx: QueryExecutorProvider): Promise<void> {
  await sql`
    update part p set hidden = 'COMPLEMENTARY'
      from withheld_shorter h where h.gid = p.gid and h.id = p.id and p.hidden is null`.execute(trx);
}

/**
 * Withholds the figures of longer periods that a shorter period withholds, or could not have told: in which something
 * withheld counts in another way, and of which only one unit is not in both periods. Runs when it is known which units
 * are withheld.
 */
export async function withholdLongerFigures(trx: QueryExecutorProvider): Promise<void> {
  await findIrregular(trx);
  // The same figure, withheld there; or there are withheld units in it that the shorter period does not sum up alike, or
  // that it lacks itself: taken away from the sum of the shorter ones it would leave them.
  await hideFigures(
    trx,
    sql`
      select f.gid, f.level, f.territory_id from fig f
        join shorter n on n.gid = f.gid
        join indicators.figure s on ${figureOf} and s.territory_id = f.territory_id and s.typology_id = ''
       where f.typology_id = '' and s.suppressed is not null
      union
      select f.gid, f.level, f.territory_id
        from withheld_shorter n
        join part p on p.gid = n.gid and p.id = n.id and p.is_part
        cross join lateral (values (2, p.departement_id), (3, p.region_id), (4, 'FR')) c (level, territory_id)
        join fig f on f.gid = n.gid and f.level = c.level and f.territory_id = c.territory_id and f.typology_id = ''
       where ${IS_SUM} and not exists (
         select from indicators.figure s
          where ${figureOf} and s.territory_id = f.territory_id and s.typology_id = '' and ${sameSum('s', 'f')})
      union
      select f.gid, f.level, f.territory_id from irregular i
        join fig f on f.gid = i.gid and f.typology_id = '' and f.territory_id in (i.departement_id, i.region_id, 'FR')
       where i.is_missing and ${IS_SUM}`,
  );
  const irregular = await sql`select from irregular limit 1`.execute(trx);
  if (irregular.rows.length === 0) return;
  for (const level of [2, 3, 4]) await hideSingleRests(trx, level);
  await sql`
    update fig f set hidden = 'COMPLEMENTARY'
      from irregular i
     where i.gid = f.gid and f.typology_id <> '' and f.hidden is null
       and f.territory_id in (i.departement_id, i.region_id, 'FR')`.execute(trx);
}

/** SQL: a figure `s`, of a territory or by setting, of the group `n` of shorter periods. */
const figureOf = sql`
  s.network_id = n.network_id and s.indicator_id = n.indicator_id and s.period_start = n.period_start
  and s.period_grain = n.period_grain and s.definition_version = n.definition_version`;

/** SQL: a shown figure of a shorter period adds its units up as one of the longer period does. */
const sameSum = (shorter: string, longer: string): RawBuilder<boolean> => sql`
  (${sql.ref(`${shorter}.suppressed`)} is null and ${sql.ref(`${shorter}.basis`)} = ${sql.ref(`${longer}.basis`)}
   and ${sql.ref(`${longer}.basis`)} <> 'COMPUTED_UNWEIGHTED'
   and (${sql.ref(`${shorter}.numerator`)} is null) = (${sql.ref(`${longer}.numerator`)} is null))`;

/** SQL: a figure `f` is the sum of its units. */
const IS_SUM = sql`(f.basis <> 'PUBLISHED' or f.is_total)`;

/**
 * Temporary table `irregular`: withheld units that are in the longer period and in none of a length within it, or in
 * that and not in the longer one; by that length.
 */
const findIrregular = (trx: QueryExecutorProvider) =>
  sql`
    create temporary table irregular on commit drop as
      select p.gid, g.period_grain, p.id, l.departement_id, l.region_id, l.leaf, false as is_missing
        from (select distinct gid, period_grain from shorter) g
        join part p on p.gid = g.gid and p.is_part and p.hidden is not null
        join place l on l.kind = p.kind and l.id = p.id
       where not exists (
         select from shorter n join indicators.result r on ${ofShorter} and r.subject_id = p.id
          where n.gid = g.gid and n.period_grain = g.period_grain)
      union
      select h.gid, h.period_grain, h.id, l.departement_id, l.region_id, l.leaf, true
        from withheld_shorter h
        join (${placesOf(sql`select distinct kind, id from withheld_shorter where is_unit`)}) l
          on l.kind = h.kind and l.id = h.id
       where h.is_unit
         and not exists (select from part p where p.gid = h.gid and p.id = h.id and p.is_part)`.execute(trx);

/**
 * Territories of a level of which a single irregular unit remains when the figures below that are shown are taken away
 * as well.
 */
const hideSingleRests = (trx: QueryExecutorProvider, level: number) =>
  hideFigures(
    trx,
    sql`
      select i.gid, ${sql.lit(level)} :: integer as level, c.territory_id
        from irregular i
        cross join lateral (values (2, i.departement_id), (3, i.region_id), (4, 'FR')) c (level, territory_id)
       where c.level = ${sql.lit(level)} and not i.is_missing and not exists (
         select from fig f
          where f.gid = i.gid and f.level < ${sql.lit(level)} and f.territory_id in (i.departement_id, i.region_id)
            and f.typology_id = '' and f.hidden is null and ${IS_SUM})
       group by i.gid, i.period_grain, c.territory_id having count(*) = 1`,
  );

/** Withholds figures in every group of their family: these give each other. */
const hideFigures = (trx: QueryExecutorProvider, found: RawBuilder<unknown>) =>
  sql`
    update fig f set hidden = 'COMPLEMENTARY'
      from (${found}) x join touched t on t.gid = x.gid join touched o on o.family = t.family
     where f.gid = o.gid and f.level = x.level and f.territory_id = x.territory_id and f.typology_id = ''
       and f.hidden is null`.execute(trx);

/**
 * The same for the figures by setting, in the table `place_figure`: those with a withheld unit that shorter periods do
 * not sum up alike, and all with an irregular one.
 */
export async function withholdLongerSettings(trx: QueryExecutorProvider): Promise<void> {
  await sql`
    update place_figure f set hidden = 'COMPLEMENTARY'
      from (
        select i.gid, q.place from irregular i
          left join ${ABOVE} on setting_of.leaf = i.leaf
          join place_figure q on q.gid = i.gid and q.place in (i.leaf, setting_of.setting)
        union
        select n.gid, q.place from withheld_shorter n
          join place l on l.kind = n.kind and l.id = n.id
          left join ${ABOVE} on setting_of.leaf = l.leaf
          join place_figure q on q.gid = n.gid and q.place in (l.leaf, setting_of.setting)
         where not exists (
           select from indicators.setting_figure s
            where ${figureOf} and s.place = q.place and s.suppressed is null and s.basis = q.basis
              and q.basis <> 'COMPUTED_UNWEIGHTED' and (s.numerator is null) = (q.with_ratio < q.parts))) x
     where f.gid = x.gid and f.place = x.place and f.hidden is null`.execute(trx);
}
