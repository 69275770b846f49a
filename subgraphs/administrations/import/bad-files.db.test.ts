import { Readable } from 'node:stream';
import { type RawBuilder, sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import type { Feed } from '../../../kernel/import/feed.ts';
import { runImport } from '../../../kernel/import/run.ts';
import { testDatabase } from '../../../test/kit/database.ts';
import { realDirectory } from '../../../test/kit/real-directory.ts';
import type { AdministrationsDatabase } from '../tables.ts';
import { annuaire } from './annuaire.merge.ts';
import { spStructures } from './sp-structures.merge.ts';

const database = await testDatabase(realDirectory);
const db = database.connect<AdministrationsDatabase>('administrations', 'owner');
const rows = async <T>(query: RawBuilder<T>) => (await query.execute(db)).rows;
const load = (feed: Feed, content: string | Buffer, dryRun = false) =>
  runImport(feed, { name: 'file', stream: Readable.from([content]) }, { databaseUrl: database.url, dryRun });
const structures = () => rows(sql`select id, name from directory.structure order by id`);

beforeEach(async () => {
  await sql`truncate directory.structure, directory.structure_site`.execute(db);
  await sql`delete from administrations.import where feed = 'sp-structures'`.execute(db);
});

const HEADER = 'code_sp_de_la_structure;reseau;intitule_de_la_structure';
const windows1252 = (text: string) => Buffer.from(text, 'latin1');

test.each([
  ['UTF-8 with a byte order mark', `\ufeff${HEADER}\n1;CAF;Première\n`],
  ['windows-1252', windows1252(`${HEADER}\n1;CAF;Première\n`)],
  ['commas', `${HEADER.replaceAll(';', ',')}\n1,CAF,Première\n`],
  ['tabs', `${HEADER.replaceAll(';', '\t')}\n1\tCAF\tPremière\n`],
  [
    'headers in other words, case and accents',
    'Code SP+ de la structure;RÉSEAU;Intitulé de la structure\n1;caf;Première\n',
  ],
  ['Windows line ends and a blank line', `${HEADER}\r\n1;CAF;Première\r\n\r\n`],
])('structures are read from %s', async (_case, content) => {
  await expect(load(spStructures, content)).resolves.toMatchObject({ state: 'PUBLISHED' });
  expect(await structures()).toEqual([{ id: 'STR-1', name: 'Première' }]);
});

test.each([
  ['an empty file', '', 'EMPTY_FILE'],
  ['a header given twice', `${HEADER};RESEAU\n1;CAF;A;CAF\n`, 'DUPLICATE_HEADER'],
  ['a missing column', 'code_sp_de_la_structure;intitule_de_la_structure\n1;A\n', 'MISSING_COLUMN'],
  ['a quote that never closes', `${HEADER}\n1;CAF;"A\n`, 'BAD_CSV'],
  ['a NUL byte', `${HEADER}\n1;CAF;A\0\n`, 'NUL_BYTE'],
  ['a JSON that ends too early', '[{"reseau":"CAF"', 'BAD_JSON'],
])('structures are refused as a whole: %s', async (_case, content, code) => {
  await expect(load(spStructures, content)).resolves.toMatchObject({ state: 'REFUSED', refusal: { code } });
  expect(await structures()).toEqual([]);
});

test.each([
  ['a row of two cells', '1;CAF', 'RAGGED_ROW'],
  ['no code', ';CAF;A', 'REQUIRED'],
  ['a code with blanks', '1 2 3;CAF;A', 'BAD_CODE'],
  ['a name of 600 characters', `1;CAF;${'A'.repeat(600)}`, 'TOO_LONG'],
])('one bad row holds the file back, said with its line: %s', async (_case, line, code) => {
  const report = await load(spStructures, `${HEADER}\n9;CAF;Bonne\n${line}\n`);
  expect(report).toMatchObject({ state: 'REFUSED', problems: [{ code, samples: [{ line: 3 }] }] });
  expect(await structures()).toEqual([]);
});

test.each([
  ['broken JSON', '{"service":[{"id":', 'BAD_JSON'],
  ['an empty file', '', 'EMPTY_FILE'],
  ['a web page', '<html><body>Not found</body></html>', 'BAD_JSON'],
])('the State directory is refused as a whole: %s', async (_case, content, code) => {
  const before = await rows(sql`select count(*) from directory.site`);
  await expect(load(annuaire, content)).resolves.toMatchObject({ state: 'REFUSED', refusal: { code } });
  expect(await rows(sql`select count(*) from directory.site`)).toEqual(before);
});

test('a dry run reports the same and leaves nothing behind', async () => {
  const report = await load(spStructures, `${HEADER}\n1;CAF;A\n2;Inconnu;B\n`, true);
  expect(report).toMatchObject({ state: 'DRY_RUN', counts: { quarantined: 1 }, merge: { inserted: 1 } });
  expect(await structures()).toEqual([]);
  expect(await rows(sql`select id from import where feed = 'sp-structures'`)).toEqual([]);
});
