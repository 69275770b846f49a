import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely';
import { DENSITIES } from '../../../kernel/surroundings.ts';
import { VOLUMES } from './tables.ts';

const texts = (names: readonly string[]) => sql`${sql.lit(`{${names.join(',')}}`)}::text[]`;

/** Name of the density of a set of peers, from its number; empty for any. */
export const densityOf = (cell: RawBuilder<number>) => sql`coalesce((${texts(DENSITIES)})[${cell} / 4], '')`;

/** Name of the volume of a set of peers, from its number; empty for any. */
export const volumeOf = (cell: RawBuilder<number>) => sql`coalesce((${texts(VOLUMES)})[${cell} % 4], '')`;

/** The middle unit of a set of peers, or half-way between the two middle ones: exact, halving a decimal always ends. */
export const medianOf = (peers: string) => {
  const unit = (rank: RawBuilder<unknown>) => sql`
    ${sql.ref(`${peers}.values_ascending`)}[width_bucket(${rank} - 1, ${sql.ref(`${peers}.units_up_to`)}) + 1]`;
  const units = sql.ref(`${peers}.units`);
  return sql`trim_scale((${unit(sql`(${units} + 1) / 2`)} + ${unit(sql`(${units} / 2 + 1)`)}) * 0.5)`;
};

/**
 * Temporary tables of the units of the touched groups of a roll-up, among their peers; withheld units are in none.
 * Numbers stand for values and names, since to sort and compare them is what this costs:
 *
 * - `ranked_unit`: units with the rank of their value in the group (`pos`, from 1; equal values share it), of their
 *   density and of their volume (from 1; null where unknown);
 * - `volume_of`: what volumes are in each group, and how many units have one;
 * - `ranked_peers`: the distinct values of each set of peers in ascending order, and how many units have at most each
 *   of them. `cell` is 4 × density + volume, 0 being any: cell 0 is the whole group.
 */
export async function rankUnits(trx: QueryExecutorProvider): Promise<void> {
  await sql`
    create temporary table volume_of on commit drop as
      select gid, greatest(respondents, denominators) as amounts, unplaced,
             case when respondents + denominators = 0 then null when respondents >= denominators then 'RESPONDENTS'
                  else 'DENOMINATOR' end as volume_of
        from (select gid, count(respondents) filter (where is_part and hidden is null) as respondents,
                     count(denominator) filter (where is_part and hidden is null) as denominators,
                     bool_or(density is null) as unplaced
                from part group by gid) g`.execute(trx);
  await sql`
    create temporary table ranked_unit on commit drop as
      with sized as (
        select p.gid, p.id, p.value, array_position(${texts(DENSITIES)}, p.density) as density, v.amounts, v.unplaced,
               case v.volume_of when 'RESPONDENTS' then p.respondents when 'DENOMINATOR' then p.denominator end as amount
          from part p join volume_of v on v.gid = p.gid
         where p.is_part and p.hidden is null
      ), placed as (
        select *, rank() over (partition by gid order by amount) - 1 as smaller from sized
      )
      select gid, id, value, (dense_rank() over (partition by gid order by value)) :: integer as pos, density, amount,
             unplaced, case when amount is null then null when 3 * smaller < amounts then 1
                            when 3 * smaller < 2 * amounts then 2 else 3 end as volume
        from placed`.execute(trx);
  await sql`
    create temporary table ranked_peers on commit drop as
      with placed as (
        select u.gid, k.cell, u.pos, u.value
          from ranked_unit u
         -- Peers of one volume and any density are asked for by units of an unknown place only.
         cross join lateral (values (0), (4 * u.density), (4 * u.density + u.volume),
                                    (case when u.unplaced then u.volume end)) k (cell)
         where k.cell is not null
      ), counted as (
        -- Of equal values the last one counts them all.
        select gid, cell, pos, value, (count(*) over same) :: integer as up_to, row_number() over same as at
          from placed window same as (partition by gid, cell order by pos)
      )
      select gid, cell, max(up_to) as units, array_agg(value order by pos) as values_ascending,
             array_agg(up_to order by pos) as units_up_to
        from counted where up_to = at group by gid, cell`.execute(trx);
}
