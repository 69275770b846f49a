import { type Kysely, type RawBuilder, sql } from 'kysely';
import { openDuring } from '../rollup/levels.ts';
import type { IndicatorsTables } from '../tables.ts';
import { IN_GROUP, keysOf, PLACED, STANDS_IN } from './explanation.query.ts';
import type { FigureKey } from './figure.query.ts';
import { type FigureRow, RESULT_COLUMNS } from './figure.row.ts';

/** A unit of a figure, with the territory of the figure. */
export type UnitRow = FigureRow & { territory: string };

/** The territory that the structure `row` would answer for, were it of the level of the figure `f`. */
const answersFor = (row: string): RawBuilder<string> => sql`
  case f.level when 'DEPARTEMENT' then ${sql.ref(`${row}.departement_id`)}
               when 'REGION' then ${sql.ref(`${row}.region_id`)} else 'FR' end`;

/**
 * Query of the one result that a published figure `f` of a key `k` is: that of the territory itself, else of the only
 * structure that answers for it, by the rules that made the figure. Where it stands in its file tells it only where it came
 * with a file of results: what is counted from answers, or typed, has no row.
 */
const SOURCE: RawBuilder<unknown> = sql`
  select r.* from (
    select r.*, 1 as preference from indicators.published_result r
     where ${IN_GROUP} and r.subject_kind = 'TERRITORY' and r.subject_id = k.territory
    union all
    select r.*, 2 from indicators.published_result r
      join directory.structure s on s.id = r.subject_id and s.level = f.level
     where ${IN_GROUP} and r.subject_kind = 'STRUCTURE'
       and ${answersFor('s')} = k.territory
       and 1 = (select count(*) from directory.structure o
                 where o.network_id = s.network_id and o.level = s.level and ${answersFor('o')} = k.territory
                   and ${openDuring('o', 'f.period_start', 'f.period_end')})) r
   -- A network and one that it succeeded may each have such a structure.
   order by preference, (r.import_id, r.import_row, r.value) is distinct from (f.import_id, f.import_row, f.value),
            r.subject_id
   limit 1`;

/**
 * The results that figures of territories are made of, by subject, so many after a subject: the units of a computed
 * figure, the one result that a published figure is. In one statement, and withheld ones without their values.
 */
export async function unitsOf(
  db: Kysely<IndicatorsTables>,
  { after, limit }: { after: string | null; limit: number },
  keys: readonly FigureKey[],
): Promise<UnitRow[]> {
  const isAfter = sql`(${after}::text is null or r.subject_id > ${after})`;
  const { rows } = await sql<UnitRow>`
    with ${keysOf(keys)}
    select k.territory, ${RESULT_COLUMNS}
      from k
      join indicators.figure f
        on f.network_id = k.network and f.indicator_id = k.indicator and f.territory_id = k.territory
       and f.period_start = k.start and f.period_grain = k.grain and f.definition_version = k.version
       and f.typology_id = ''
      cross join lateral (
        (select r.* from indicators.published_result r ${PLACED}
          where ${IN_GROUP} and ${isAfter} and f.basis <> 'PUBLISHED' and r.is_unit and ${STANDS_IN}
          order by r.subject_id limit ${limit})
        union all
        select r.* from indicators.published_result r
         where ${IN_GROUP} and ${isAfter} and f.basis = 'PUBLISHED'
           and r.subject_id = (select subject_id from (${SOURCE}) source)) r
      join indicators.import i on i.id = r.import_id
     order by r.subject_id`.execute(db);
  return rows;
}
