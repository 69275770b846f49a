import { sql } from 'kysely';
import { importText } from '../../subgraphs/indicators/fixtures/import-text.ts';
import { networkResults } from '../../subgraphs/indicators/import/network-results.merge.ts';
import type { TestDatabase } from '../kit/database.ts';

const HEADER =
  'reseau;code_sp_structure;site;territoire;indicateur;periode;tres;plutot;plutot_pas;pas_du_tout';

/**
 * Publishes the quarters of a year of which a network published the answers: its units got half of them in the first
 * quarter, a quarter in the second, an eighth in the third and what is left in the last, where some have few.
 * @returns how many results
 */
export async function publishQuarters(
  database: TestDatabase,
  { network, indicator, year }: { network: string; indicator: string; year: number },
): Promise<number> {
  const db = database.connect<object>('indicators', 'owner');
  const { rows } = await sql<{ line: string }>`
    select concat_ws(';', network_id, case subject_kind when 'STRUCTURE' then subject_id else '' end,
             case subject_kind when 'SITE' then subject_id else '' end, '', indicator_id, ${String(year)} || '-T' || q,
             array_to_string(answers, ';')) as line
      from indicators.result r
      cross join generate_series(1, 4) q
      cross join lateral (
        select array_agg(case when q < 4 then n >> q else n - n / 2 - n / 4 - n / 8 end order by at)
               as answers
          from unnest(array[very_favourable, favourable, unfavourable, very_unfavourable])
               with ordinality as a (n, at)) x
     where network_id = ${network} and indicator_id = ${indicator} and publication_to is null and is_unit
       and period_grain = 'YEAR' and extract(year from period_start) = ${year} and very_favourable is not null
       and exists (select from unnest(answers) n where n > 0)`.execute(db);
  const report = await importText(
    database.url,
    networkResults,
    [HEADER, ...rows.map(({ line }) => line)].join('\n'),
  );
  if (report.state !== 'PUBLISHED' || report.problems.length > 0) throw new Error(JSON.stringify(report));
  return rows.length;
}
