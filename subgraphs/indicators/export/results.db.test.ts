import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../../test/kit/database.ts';
import { exportedFile } from '../../../test/kit/exported.ts';
import { importText, problemsOf } from '../fixtures/import-text.ts';
import { buildSmallCountry, SMALL_COUNTRY } from '../fixtures/small-country.ts';
import { spResults } from '../import/sp-results.merge.ts';
import { resultsExport } from './results.export.ts';

const [here, there] = await Promise.all([testDatabase(), testDatabase()]);
beforeAll(async () => {
  await buildSmallCountry(here);
  await buildSmallCountry(there);
});

const exported = (url: string) =>
  exportedFile(url, { set: resultsExport, subgraph: 'indicators' }, 'csv', 'layout=open-data');

/** Everything that figures say, without which import said it. */
const figures = async (database: typeof here) => {
  const { rows } = await sql`
    select to_jsonb(f) - 'import_id' - 'import_row' as figure from indicators.figure f
     order by to_jsonb(f) - 'import_id' - 'import_row'`.execute(
    database.connect<unknown>('indicators', 'owner'),
  );
  return rows;
};

test('the open data of results comes back by its feed, and gives the same figures', async () => {
  const rows = SMALL_COUNTRY.structures.flatMap(({ id, network }, index) =>
    [2021, 2022].map(
      (year) =>
        `${network.slice('NET-'.length)};${id.slice('STR-'.length)};Satisfaction;IND-SATISFACTION;${60 + index},${year % 10}5;${year + 1}-02-01;${year}`,
    ),
  );
  const header =
    'intitule_du_reseau;code_sp_structure;titre_original_de_l_indicateur;code_sp_de_l_indicateur;valeur;date_de_mise_a_jour;periode';
  const first = await importText(here.url, spResults, [header, ...rows].join('\n'));
  expect([first.state, problemsOf(first)]).toEqual(['PUBLISHED', []]);
  const file = String(await exported(here.url));
  expect(file.startsWith('\ufeffintitule_du_reseau;typologie;')).toBe(true);
  expect(file.split('\n').length).toBe(rows.length + 2);
  const again = await importText(there.url, spResults, file);
  expect([again.state, problemsOf(again)]).toEqual(['PUBLISHED', []]);
  const [one, other] = [await figures(here), await figures(there)];
  expect(one.length).toBeGreaterThan(5);
  expect(other).toEqual(one);
  expect(String(await exported(there.url))).toBe(file);
});
