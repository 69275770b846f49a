import type { AskGraph } from './ask.ts';
import { type Comparison, compareTables } from './compare.ts';
import type { Duck } from './duck.ts';
import { askFunnels, askVoices } from './voices-answered.ts';

/** What users say, replies and reports: what the graph says against what `sql/voice.sql` made. */
export async function compareVoices(duck: Duck, ask: AskGraph): Promise<Comparison[]> {
  const territories = await duck.rows<{ id: string }>(
    `select distinct territory_id as id from expected_told order by 1`,
  );
  await askVoices(
    duck,
    ask,
    territories.map(({ id }) => id),
  );
  await askFunnels(
    duck,
    ask,
    await duck.rows(`select network_id, year::varchar as year from expected_funnel order by all`),
  );
  return [
    await compareTables(
      duck,
      'testimonies by territory, network and feeling',
      'select territory_id, network_id, feeling, testimonies::bigint as testimonies from expected_told',
      'select * from answered_told',
    ),
    await compareTables(
      duck,
      'delays of reply',
      `select territory_id, network_id, expected::bigint as expected, answered::bigint as answered,
              median_tenths::bigint as median_tenths, p90_tenths::bigint as p90_tenths from expected_delay`,
      'select * from answered_delay',
    ),
    await compareTables(
      duck,
      'reports of documents by network and year',
      `select network_id, year::bigint as year, received::bigint as received, triaged::bigint as triaged,
              rewritten::bigint as rewritten, tested::bigint as tested, disseminated::bigint as disseminated,
              declined::bigint as declined from expected_funnel`,
      'select * from answered_funnel',
    ),
  ];
}
