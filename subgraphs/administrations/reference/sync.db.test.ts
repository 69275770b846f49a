import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { parse } from 'csv-parse/sync';
import { type RawBuilder, sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Feed } from '../../../kernel/import/feed.ts';
import { rollbackImport } from '../../../kernel/import/rollback.ts';
import { runImport } from '../../../kernel/import/run.ts';
import { fold } from '../../../kernel/text.ts';
import { testDatabase } from '../../../test/kit/database.ts';
import { realDirectory } from '../../../test/kit/real-directory.ts';
import { bundledProcedures, procedures } from '../import/procedures.merge.ts';
import type { AdministrationsDatabase } from '../tables.ts';
import { syncReference } from './sync.ts';

const database = await testDatabase(realDirectory);
const db = database.connect<AdministrationsDatabase>('administrations', 'owner');
const rows = async <T>(query: RawBuilder<T>) => (await query.execute(db)).rows;

test('networks change: successors and their dates', async () => {
  const found = await rows(sql`
    select n.id, n.valid_to, s.id as successor, s.valid_from from directory.network n
    join directory.network s on s.id = n.successor_id order by n.id`);
  expect(found).toEqual([
    { id: 'NET-direccte', valid_to: '2021-03-31', successor: 'NET-dreets', valid_from: '2021-04-01' },
    { id: 'NET-msap', valid_to: '2022-12-31', successor: 'NET-france-services', valid_from: '2020-01-01' },
    {
      id: 'NET-pole-emploi',
      valid_to: '2023-12-31',
      successor: 'NET-france-travail',
      valid_from: '2024-01-01',
    },
    { id: 'NET-tgi', valid_to: '2019-12-31', successor: 'NET-tribunal-judiciaire', valid_from: '2020-01-01' },
  ]);
});

test('consulates alone are left out of transparency', async () => {
  const found = await rows(sql`select code from directory.network where not counts_in_transparency`);
  expect(found).toEqual([{ code: 'consulat' }]);
});

test('eight commitments of 2024, nine of 2021, and how the nine became eight', async () => {
  const found = await rows(sql`
    select version, count(*)::int as count, count(short_title)::int as short, count(distinct heading)::int as headings
    from commitment group by version order by version`);
  expect(found).toEqual([
    { version: '2021', count: 9, short: 9, headings: 3 },
    { version: '2024', count: 8, short: 0, headings: 0 },
  ]);
  const became = await rows(sql<{ pair: string }>`
    select f.code || '→' || t.code || case when merged then ' merged' else '' end as pair
    from commitment_correspondence c join commitment f on f.id = c.from_id join commitment t on t.id = c.to_id
    order by f.position`);
  expect(became.map(({ pair }) => pair)).toEqual([
    ...['1→E1', '2→E2', '3→E3', '4→E3 merged', '5→E4', '6→E6', '7→E7', '8→E7 merged', '9→E8'],
  ]);
});

test('every pivot of the real directory has a label', async () => {
  const found = await rows(sql`
    select pivot from directory.site s where not exists (select from pivot p where p.code = s.pivot)`);
  expect(found).toEqual([]);
});

test('labels are compared in SQL as the kernel compares them', async () => {
  const text = readFileSync(new URL('../../../data/reference/networks.csv', import.meta.url));
  const labels = (parse(text, { columns: true }) as { nom: string; libelles: string }[]).flatMap(
    ({ nom, libelles }) => [nom, ...libelles.split('|')],
  );
  const places = await rows(
    sql<{ name: string }>`select distinct name from directory.territory order by name`,
  );
  const all = [...labels, ...places.map(({ name }) => name), "Œuvres d'Æthelwin, « n° 1 »"];
  const keys = await rows(sql<{ key: string }>`
    select directory.label_key(l.value) as key from unnest(${all}::text[]) with ordinality l(value, rank) order by rank`);
  expect(keys.map(({ key }) => key)).toEqual(all.map((label) => fold(label)));
});

test('a second synchronisation changes nothing and adds no import', async () => {
  const imports = () => rows(sql`select id, state from import order by id`);
  const before = await imports();
  await syncReference(database.url);
  expect(await imports()).toEqual(before);
});

test('each table is journalled, its provenance kept', async () => {
  const found = await rows(sql<{ file_name: string }>`
    select file_name from import where feed = 'reference' and state = 'PUBLISHED' order by 1`);
  expect(found.map(({ file_name }) => file_name)).toEqual([
    ...['commitment-correspondence.csv', 'commitments.csv', 'ministries.csv', 'networks.csv', 'pivots.csv'],
    ...['procedures.csv', 'typologies.csv'],
  ]);
});

const PRIME = 'PROC-caf-prime-activite';
const named = () => rows(sql<{ name: string }>`select name from procedure where id = ${PRIME}`);
const importProcedure = async (feed: Feed, name: string) => {
  const stream = Readable.from([`id;nom;reseau\n${PRIME};${name};caf\n`]);
  const report = await runImport(feed, { name: 'p.csv', stream }, { databaseUrl: database.url });
  return report.importId ?? '';
};

test('what a user says of a procedure stays, through synchronisations and releases of the table', async () => {
  await importProcedure(bundledProcedures, 'Of the hub');
  const id = await importProcedure(procedures, 'Of the user');
  await syncReference(database.url);
  expect(await named()).toEqual([{ name: 'Of the user' }]);
  await importProcedure(bundledProcedures, 'Of a later release');
  expect(await named()).toEqual([{ name: 'Of the user' }]);

  const feeds = new Map([[procedures.name, procedures]]);
  await rollbackImport(feeds, 'administrations', id, { databaseUrl: database.url });
  expect(await named()).toEqual([{ name: 'Of the hub' }]);
});

test("a user's import of the whole table is not undone by the next command", async () => {
  const [flagship] = await rows(
    sql<{ id: string }>`select id from procedure where flagship order by id limit 1`,
  );
  const stream = Readable.from([`id;nom;reseau;phare\n${flagship?.id};Autrement;caf;non\n`]);
  await runImport(procedures, { name: 'p.csv', stream }, { databaseUrl: database.url });
  await syncReference(database.url);
  expect(await rows(sql`select name, flagship from procedure where id = ${flagship?.id}`)).toEqual([
    { name: 'Autrement', flagship: false },
  ]);
});
