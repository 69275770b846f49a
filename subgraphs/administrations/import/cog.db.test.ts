import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import type { ImportReport } from '../../../kernel/import/report.ts';
import { runImport } from '../../../kernel/import/run.ts';
import { testDatabase } from '../../../test/kit/database.ts';
import type { AdministrationsDatabase } from '../tables.ts';
import { cog } from './cog.merge.ts';
import { cogSource } from './cog.source.ts';

const database = await testDatabase();
const db = database.connect<AdministrationsDatabase>('administrations', 'owner');
const run = { databaseUrl: database.url };
let report: ImportReport;

beforeAll(async () => {
  report = await runImport(cog, await cogSource(), run);
});

test('the geography of 2026 as the COG counts it', async () => {
  console.log(report);
  expect(report).toMatchObject({ state: 'PUBLISHED', counts: { rejected: 0 } });
  const { rows } = await sql`
    select level, is_arrondissement as municipal, count(*)::int as count, count(*) filter (where latitude is null)::int as nocenter
    from directory.territory where is_current group by 1, 2 order by 1, 2`.execute(db);
  console.log(rows);
});
