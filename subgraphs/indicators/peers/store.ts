import { setImmediate as nextTurn } from 'node:timers/promises';
import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely';
import { medianOf, type RankedGroup, rankUnits, type Units } from './rank.ts';

/** Units, the one that is ranked included, that make a group worth ranking in. */
export const LEAST_PEERS = 10;

/** Results that are read and ranked at a time: what the memory holds of them. */
const RESULTS_AT_A_TIME = 100_000;
/** Groups whose peers are stored by one statement. */
const GROUPS_AT_A_TIME = 100;

/** Cells of the text of a unit. */
const COLUMNS = 5;

/** Volumes of a group: the amount that more of its units have. */
type VolumeOf = 'RESPONDENTS' | 'DENOMINATOR' | null;
type Ranked = RankedGroup & { volumeOf: VolumeOf };

/** Units of a group as one text, and how many of them have each amount. */
interface ReadGroup {
  gid: number;
  unplaced: boolean;
  asked: number;
  cases: number;
  units: string;
}

/**
 * Replaces the spreads and the groups of peers of the touched groups of a roll-up, once it is known which units are
 * withheld: these are in neither, nor in the thirds of the volumes, for where these begin would tell of them. Units
 * are ranked in this process: the server has something else to do meanwhile, and takes several times longer.
 * @param meanwhile what the server does while units are ranked
 */
export async function storePeers(trx: QueryExecutorProvider, meanwhile: () => Promise<void>): Promise<void> {
  let next: () => Promise<void> = meanwhile;
  for (const table of ['spread', 'peer_group']) await removeOld(trx, table);
  for (const [from, to] of await stretches(trx)) {
    const groups = await readUnits(trx, from, to);
    const both = [rankAll(groups), next()] as const;
    // No statement may be on its way any more when a failure undoes the transaction.
    await Promise.allSettled(both);
    const [ranked] = await Promise.all(both);
    next = () => store(trx, ranked);
  }
  await next();
}

const removeOld = (trx: QueryExecutorProvider, table: string) =>
  sql`
    delete from indicators.${sql.id(table)} s using touched t
     where s.network_id = t.network_id and s.indicator_id = t.indicator_id
       and s.definition_version = t.definition_version and s.period_start = t.period_start
       and s.period_grain = t.period_grain`.execute(trx);

/** Stretches of groups, by their first and last number, that hold some `RESULTS_AT_A_TIME`. */
async function stretches(trx: QueryExecutorProvider): Promise<[number, number][]> {
  const { rows } = await sql<{ from: number; to: number }>`
    select min(gid) as from, max(gid) as to
      from (select gid, (sum(count(*)) over (order by gid) - 1) :: bigint / ${RESULTS_AT_A_TIME}::integer as stretch
              from part group by gid) g
     group by stretch order by 1`.execute(trx);
  return rows.map(({ from, to }) => [from, to]);
}

/** Units of groups that are not withheld, a group being one text: far cheaper than a row for each. */
async function readUnits(trx: QueryExecutorProvider, from: number, to: number): Promise<ReadGroup[]> {
  const { rows } = await sql<ReadGroup>`
    select gid, bool_or(density is null) as unplaced,
           count(respondents) filter (where shown) :: integer as asked,
           count(denominator) filter (where shown) :: integer as cases,
           string_agg(concat(pid, ' ', value, ' ', density, ' ', respondents, ' ', denominator), ' ' order by pid)
             filter (where shown) as units
      from (select gid, pid, value, respondents, denominator, density, is_part and hidden is null as shown
              from part where gid between ${from} and ${to}) p
     group by gid having bool_or(shown)`.execute(trx);
  return rows;
}

/** Groups in their turn, letting others have theirs: a group of a whole country takes a while. */
async function rankAll(groups: readonly ReadGroup[]): Promise<Ranked[]> {
  const ranked: Ranked[] = [];
  for (const group of groups) {
    await nextTurn();
    const { asked, cases } = group;
    const volumeOf = asked + cases === 0 ? null : asked >= cases ? 'RESPONDENTS' : 'DENOMINATOR';
    ranked.push({ ...(await rankUnits(unitsOf(group, volumeOf))), volumeOf });
  }
  return ranked;
}

function unitsOf({ gid, unplaced, units }: ReadGroup, volumeOf: VolumeOf): Units {
  const cells = units.split(' ');
  const column = (first: number) => {
    const found: string[] = [];
    for (let at = first; at < cells.length; at += COLUMNS) found.push(cells[at] ?? '');
    return found;
  };
  return {
    gid,
    unplaced,
    pids: column(0),
    values: column(1),
    densities: column(2) as Units['densities'],
    amounts: column(volumeOf === 'RESPONDENTS' ? 3 : 4),
  };
}

async function store(trx: QueryExecutorProvider, groups: readonly Ranked[]): Promise<void> {
  for (let at = 0; at < groups.length; at += GROUPS_AT_A_TIME) {
    await storeSome(trx, groups.slice(at, at + GROUPS_AT_A_TIME));
  }
}

async function storeSome(trx: QueryExecutorProvider, groups: readonly Ranked[]): Promise<void> {
  const sets = groups.flatMap((group) =>
    group.peers
      .filter(({ units }, index) => index === 0 || units >= LEAST_PEERS)
      .map((set, index) => ({ ...set, gid: group.gid, whole: index === 0 ? group : null })),
  );
  const column = <T>(type: string, of: (set: (typeof sets)[number]) => T): RawBuilder<T> =>
    sql`${sets.map(of)}::${sql.raw(type)}[]`;
  const group = sql`t.network_id, t.indicator_id, t.definition_version, t.period_grain, t.period_start`;
  const named = sql`network_id, indicator_id, definition_version, period_grain, period_start`;
  await sql`
    with ranked as materialized (
      select r.*, r.ascending :: numeric[] as values_ascending, r.up_to :: integer[] as units_up_to
        from unnest(
          ${column('integer', ({ gid }) => gid)}, ${column('text', ({ density }) => density)},
          ${column('text', ({ volume }) => volume)}, ${column('integer', ({ units }) => units)},
          ${column('text', ({ values }) => `{${values.join()}}`)}, ${column('text', ({ upTo }) => `{${upTo.join()}}`)},
          ${column('numeric', medianOf)},
          ${column('text', ({ whole }) => whole?.volumeOf ?? null)},
          ${column('numeric', ({ whole }) => whole?.mediumFrom ?? null)},
          ${column('numeric', ({ whole }) => whole?.largeFrom ?? null)},
          ${column('integer', ({ whole }) => whole?.lowest ?? null)},
          ${column('integer', ({ whole }) => whole?.highest ?? null)})
          r (gid, density, volume, units, ascending, up_to, median, volume_of, medium_from, large_from, lowest, highest)
    ), spreads as (
      insert into indicators.spread (${named}, units, values_ascending, units_up_to, median, lowest_subject_id,
        highest_subject_id)
      select ${group}, r.units, r.values_ascending, r.units_up_to, r.median, l.id, h.id
        from ranked r
        join touched t on t.gid = r.gid
        join place l on l.pid = r.lowest
        join place h on h.pid = r.highest
    )
    insert into indicators.peer_group (${named}, density, volume, volume_of, medium_from, large_from, units,
      values_ascending, units_up_to, median)
    select ${group}, r.density, r.volume, r.volume_of, r.medium_from, r.large_from, r.units, r.values_ascending,
           r.units_up_to, r.median
      from ranked r join touched t on t.gid = r.gid`.execute(trx);
}
