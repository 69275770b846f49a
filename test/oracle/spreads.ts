import { type Comparison, compareTables } from './compare.ts';
import type { Duck } from './duck.ts';

const GROUP = 'network_id, indicator_id, version, period';
const SET = `units::bigint as units, median_twice::hugeint as median_twice, lowest::hugeint as lowest,
  highest::hugeint as highest, rising, up_to`;

/** A stored set, in the terms of the oracle: values in millionths, lists by their digest. */
const storedSet = (table: string) => `
  select * exclude (median, rising, up_to), cast(median::decimal(38, 7) * 2000000 as hugeint) as median_twice,
         given[1] as lowest, given[-1] as highest, md5(given::varchar) as rising,
         md5(string_split(up_to, ' ')::bigint[]::varchar) as up_to
    from (select *, [millionths(one) for one in string_split(rising, ' ')] as given from ${table})`;

/**
 * Every unit as the public role reads it, and all that ranks are read from, as stored: the values of each group and of each
 * set of peers in their order, with how many units have at most each, extremes and who has them, median, and where
 * the thirds by users begin. More than rankings can be asked for at scale.
 */
export async function compareStored(duck: Duck): Promise<Comparison[]> {
  return [
    await compareTables(
      duck,
      'published units',
      `select g.network_id, g.indicator_id, g.version, g.period, u.id as subject_id,
              case when u.suppressed is null then u.value end::hugeint as value from unit u join grp g using (gid)`,
      `select ${GROUP}, subject_id, millionths(value)::hugeint as value from published_unit`,
    ),
    await compareTables(
      duck,
      'spreads, of which every rank is read',
      `select ${GROUP}, ${SET}, lowest_id, highest_id from expected_set join grp using (gid)
        where density = '' and volume = ''`,
      `select ${GROUP}, ${SET}, lowest_id, highest_id from (${storedSet('stored_spread')})`,
    ),
    await compareTables(
      duck,
      'spreads of peers, of which every rank among peers is read',
      `select ${GROUP}, density, volume, ${SET} from expected_set join grp using (gid)`,
      `select ${GROUP}, coalesce(density, '') as density, coalesce(volume, '') as volume, ${SET}
         from (${storedSet('stored_peers')})`,
    ),
    await compareTables(
      duck,
      'thirds of units by users',
      `select ${GROUP}, volume_of, medium_from::hugeint as medium_from, large_from::hugeint as large_from
         from expected_volume join grp using (gid)`,
      `select ${GROUP}, volume_of, millionths(medium_from)::hugeint as medium_from,
              millionths(large_from)::hugeint as large_from
         from stored_peers where coalesce(density, '') = '' and coalesce(volume, '') = ''`,
    ),
  ];
}
