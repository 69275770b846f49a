import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { ImprovementDatabase } from '../tables.ts';

type Db = Kysely<ImprovementDatabase>;

/** How many of the finest units of a network examined themselves within the year before a day. */
export interface DutyRow {
  network_id: string;
  expected: number;
  done: number;
  overdue: number;
  /** `done / expected` in per cent, two decimals, as text; null where nobody is expected. */
  share: string | null;
}

/** A unit that owes a self-diagnosis. */
export interface OverdueUnit {
  id: string;
  name: string;
  kind: 'SITE' | 'STRUCTURE';
  /** Day of its last published self-diagnosis, null when it never made one. */
  last_on: string | null;
}

/**
 * Common table expressions that end with `status`: every finest unit of networks at a day, and the day of its last
 * published self-diagnosis by then. Units are the structures that have none below; the sites of a network that
 * publishes site by site (or has no structure at all), and there a structure of that level only where no site is
 * linked to it. What a structure found counts for the sites that are linked to it.
 */
const unitStatus = (networks: readonly string[], asOf: string): RawBuilder<unknown> => sql`
  wanted as (
    select n.id as network_id,
           n.finest_level = 'SITE' or not exists (
             select from directory.structure s where s.network_id = n.id and ${openOn('s', asOf)}) as by_site
      from directory.network n where n.id = any(${[...networks]}::text[])
  ), leaf as (
    select w.network_id, w.by_site, s.id, s.name from wanted w
      join directory.structure s on s.network_id = w.network_id and ${openOn('s', asOf)}
     where (not w.by_site or s.level = 'SITE')
       and not exists (select from directory.structure b where b.parent_id = s.id and ${openOn('b', asOf)})
  ), unit as (
    select w.network_id, s.id, s.name, 'SITE' as kind from wanted w
      join directory.site s on s.network_id = w.network_id and ${openOn('s', asOf)}
     where w.by_site
    union all
    select l.network_id, l.id, l.name, 'STRUCTURE' from leaf l
     where not l.by_site or not exists (
       select from directory.structure_site k where k.structure_id = l.id and ${openOn('k', asOf)})
  ), made as materialized (
    select d.network_id, d.structure_id, d.site_id, d.made_on from improvement.published_self_diagnosis d
     where d.network_id = any(${[...networks]}::text[]) and d.made_on <= ${asOf}::date
  ), evidence as (
    select site_id as unit_id, made_on from made where site_id is not null
    union all
    -- Of a structure as a whole, not of one of its sites.
    select structure_id, made_on from made where structure_id is not null and site_id is null
    union all
    select k.site_id, m.made_on from made m
      join directory.structure_site k on k.structure_id = m.structure_id and ${openOn('k', asOf)}
     where m.site_id is null
  ), status as (
    select u.network_id, u.id, u.name, u.kind, max(e.made_on) as last_on,
           coalesce(max(e.made_on) > ${asOf}::date - interval '1 year', false) as done
      from unit u left join evidence e on e.unit_id = u.id
     group by u.network_id, u.id, u.name, u.kind)`;

const openOn = (row: string, asOf: string) => sql`(
  (${sql.ref(`${row}.valid_from`)} is null or ${sql.ref(`${row}.valid_from`)} <= ${asOf}::date)
  and (${sql.ref(`${row}.valid_to`)} is null or ${sql.ref(`${row}.valid_to`)} > ${asOf}::date))`;

/** The duty of networks at a day (ISO date), in one statement; a network that does not exist has no row. */
export async function dutyOf(db: Db, asOf: string, networks: readonly string[]): Promise<DutyRow[]> {
  const { rows } = await sql<DutyRow>`
    with ${unitStatus(networks, asOf)}
    select w.network_id, count(s.id)::int as expected, (count(*) filter (where s.done))::int as done,
           (count(*) filter (where not s.done))::int as overdue,
           round(count(*) filter (where s.done)::numeric / nullif(count(s.id), 0), 4) as share
      from wanted w left join status s on s.network_id = w.network_id
     group by w.network_id`.execute(db);
  return rows;
}

/** A page of the units of a network that owe a self-diagnosis, those that never made one first, then the oldest. */
export async function overdueUnits(
  db: Db,
  network: string,
  asOf: string,
  { after, limit }: { after: readonly (string | null)[] | null; limit: number },
): Promise<OverdueUnit[]> {
  const later = after
    ? sql`(coalesce(s.last_on, ${NEVER}), s.id) > (coalesce(${after[0]}::date, ${NEVER}), ${after[1]})`
    : sql`true`;
  const { rows } = await sql<OverdueUnit>`
    with ${unitStatus([network], asOf)}
    select s.id, s.name, s.kind, s.last_on from status s
     where not s.done and ${later}
     order by coalesce(s.last_on, ${NEVER}), s.id limit ${limit}`.execute(db);
  return rows;
}

/** Before every day. */
const NEVER = sql`'0001-01-01'::date`;
