import { beforeAll, expect, test } from 'vitest';
import type { ImportReport } from '../../../kernel/import/report.ts';
import { rollbackImport } from '../../../kernel/import/rollback.ts';
import { testDatabase } from '../../../test/kit/database.ts';
import { importText } from '../fixtures/import-text.ts';
import { buildSmallCountry } from '../fixtures/small-country.ts';
import { indicatorsFeeds } from '../import/feeds.ts';
import { networkResults } from '../import/network-results.merge.ts';
import type { IndicatorsTables } from '../tables.ts';

const database = await testDatabase();
const owner = database.connect<IndicatorsTables>('indicators', 'owner');
beforeAll(() => buildSmallCountry(database));

const HEADER = 'reseau;site;territoire;indicateur;periode;valeur;repondants';
const send = (period: string, values: Record<string, string>, respondents = '') =>
  importText(
    database.url,
    networkResults,
    [
      HEADER,
      ...Object.entries(values).map(
        ([site, value]) => `NET-agences;SITE-${site};;IND-SATISFACTION;${period};${value};${respondents}`,
      ),
    ].join('\n'),
  );

const rollback = (report: ImportReport) =>
  rollbackImport(
    new Map(indicatorsFeeds.map((feed) => [feed.name, feed])),
    'indicators',
    report.importId ?? '',
    {
      databaseUrl: database.url,
    },
  );

/** Values of a year as they were at a publication. */
async function valuesAt(year: string, publication: string | null): Promise<Record<string, string>> {
  const rows = await owner
    .selectFrom('indicators.result')
    .select(['subject_id', 'value'])
    .where('period_start', '=', `${year}-01-01`)
    .where('publication_from', '<=', publication ?? '')
    .where((row) =>
      row.or([row('publication_to', 'is', null), row('publication_to', '>', publication ?? '')]),
    )
    .orderBy('subject_id')
    .execute();
  return Object.fromEntries(rows.map((row) => [row.subject_id.slice(5), row.value]));
}

const national = async (year: string) =>
  (
    await owner
      .selectFrom('indicators.figure')
      .select('value')
      .where('period_start', '=', `${year}-01-01`)
      .where('territory_id', '=', 'FR')
      .where('typology_id', '=', '')
      .executeTakeFirst()
  )?.value;

test('a new value closes the old one, the same value changes nothing, every publication can be read again', async () => {
  const first = await send('2011', { a1: '70', a2: '80' });
  const second = await send('2011', { a1: '71,5', a2: '80.0', b1: '60' });
  expect(first.merge).toEqual({ inserted: 2, updated: 0, unchanged: 0, closed: 0 });
  expect(second.merge).toEqual({ inserted: 1, updated: 1, unchanged: 1, closed: 0 });
  expect(await valuesAt('2011', first.publication)).toEqual({ a1: '70', a2: '80' });
  expect(await valuesAt('2011', second.publication)).toEqual({ a1: '71.5', a2: '80', b1: '60' });
  expect(await national('2011')).toBe('70.5');
});

test('a value that comes back without its respondents is not a change; respondents that come later are', async () => {
  await send('2012', { a1: '70' }, '50');
  expect((await send('2012', { a1: '70.0' })).merge).toMatchObject({ unchanged: 1, updated: 0 });
  expect((await send('2012', { a1: '70' }, '60')).merge).toMatchObject({ unchanged: 0, updated: 1 });
});

test('a rollback publishes what was there before, and can itself be corrected', async () => {
  const first = await send('2013', { a1: '70', a2: '80' });
  const second = await send('2013', { a1: '40', b1: '20' });
  const undone = await rollback(second);
  expect(Number(undone.publication)).toBeGreaterThan(Number(second.publication));
  expect(await valuesAt('2013', undone.publication)).toEqual({ a1: '70', a2: '80' });
  expect(await valuesAt('2013', second.publication)).toEqual({ a1: '40', a2: '80', b1: '20' });
  expect(await national('2013')).toBe('75');
  // The first import is current again, as a copy: it can be undone too.
  await rollback(first);
  expect(await national('2013')).toBeUndefined();
});

test('a rollback is refused where a later publication changed the same result, and changes nothing', async () => {
  const first = await send('2014', { a1: '70', a2: '80' });
  const second = await send('2014', { a1: '40' });
  await expect(rollback(first)).rejects.toMatchObject({ code: 'CONFLICT' });
  expect(await valuesAt('2014', second.publication)).toEqual({ a1: '40', a2: '80' });
  await rollback(second);
  await rollback(first);
  expect(await national('2014')).toBeUndefined();
});

test('two imports of one network at once: one waits, none is lost', async () => {
  const [first, second] = await Promise.all([
    send('2015', { a1: '70', a2: '80' }),
    send('2015', { b1: '10', a1: '20' }),
  ]);
  expect([first.state, second.state]).toEqual(['PUBLISHED', 'PUBLISHED']);
  const last = Number(first.publication) > Number(second.publication) ? '70' : '20';
  const values = await valuesAt(
    '2015',
    String(Math.max(Number(first.publication), Number(second.publication))),
  );
  expect(values).toEqual({ a1: last, a2: '80', b1: '10' });
  // Figures were computed on both: (a1 + 80 + 10) / 3.
  expect(await national('2015')).toBe(last === '70' ? '53.333333' : '36.666667');
});

test('a dry run shows the same report and leaves nothing', async () => {
  const text = `${HEADER}\nNET-agences;SITE-a1;;IND-SATISFACTION;2016;55;`;
  const report = await importText(database.url, networkResults, text, { dryRun: true });
  expect(report).toMatchObject({ state: 'DRY_RUN', merge: { inserted: 1 } });
  expect(await national('2016')).toBeUndefined();
});
