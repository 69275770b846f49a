import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { runImport } from '../../kernel/import/run.ts';
import { testDatabase } from '../../test/kit/database.ts';
import { insertRows } from '../../test/kit/insert.ts';
import { FEEDS } from '../feeds.ts';
import { demoActions } from './actions.ts';
import { DEMO_NETWORKS } from './catalogue.ts';
import { demoFile } from './files.ts';

const database = await testDatabase();
const rows = demoActions([], '2026-10-31');

test('documents, reports and rewritings of the demonstration load whole and make a gallery of many networks', async () => {
  const directory = database.connect('administrations', 'owner');
  const codes = DEMO_NETWORKS.map(({ id }) => id.slice('NET-'.length));
  const network = { finest_level: 'SITE', has_ivr: false, counts_in_transparency: true };
  await insertRows(
    directory,
    'directory.network',
    codes.map((code) => ({ id: `NET-${code}`, code, name: code, ...network })),
  );
  await insertRows(
    directory,
    'directory.network_alias',
    codes.map((code) => ({ label: code, network_id: `NET-${code}` })),
  );
  for (const name of ['documents', 'reports', 'rewrites']) {
    const feed = FEEDS.get(name);
    if (feed === undefined) throw new Error(`no feed ${name}`);
    const source = await demoFile(name, `${name}.csv`, rows[name]?.() ?? []).open();
    const done = await runImport(feed, source, { databaseUrl: database.url, options: {} });
    expect(done).toMatchObject({ state: 'PUBLISHED', problems: [] });
  }
  const reader = database.connect('simplification', 'public');
  const { rows: gallery } = await sql<{ network_id: string; testers: number }>`
    select network_id, testers from simplification.published_before_after`.execute(reader);
  expect(gallery.length).toBeGreaterThanOrEqual(12);
  expect(new Set(gallery.map(({ network_id }) => network_id)).size).toBeGreaterThanOrEqual(8);
  expect(gallery.every(({ testers }) => testers >= 5)).toBe(true);
});
