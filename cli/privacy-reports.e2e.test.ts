import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { SAMPLES } from '../subgraphs/simplification/file/fixtures/samples.ts';
import { filesWorld } from '../test/files/world.ts';

const { database, data, keys, put, get, report } = await filesWorld('in process');
const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));
const filesLeft = () =>
  globSync(`${data}/files/**/*`, { withFileTypes: true }).filter((entry) => entry.isFile()).length;

/** Runs `hub privacy …` as a process on the same database and folder. */
async function privacy(...words: string[]) {
  const child = spawn(process.execPath, [MAIN, 'privacy', ...words], {
    env: { PATH: process.env.PATH, LOG_LEVEL: 'warn', DATABASE_URL: database.url, HUB_DATA_DIR: data },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [out, [code]] = await Promise.all([text(child.stdout), once(child, 'close')]);
  return { code, out };
}

/** A report with a file, by a partner. */
async function reported(): Promise<{ id: string; file: string }> {
  const { body } = await put(SAMPLES['application/pdf'], keys.partner);
  const { data: told } = await report({ files: [body.id], comment: 'Secret.' }, keys.partner);
  return { id: told.reportDocument.receipt?.id ?? '', file: body.id };
}

test('what came with a report is erased, once', async () => {
  const { id, file } = await reported();
  expect((await get(file, keys.headquarters)).status).toBe(200);
  expect(await privacy('erase', '--report', id, 'REP-404')).toEqual({
    code: 0,
    out:
      `Erased what came with 1 report, 1 file removed: ${id}.\n` +
      'Not here, erased if imported later: REP-404.\n',
  });
  expect((await get(file, keys.headquarters)).status).toBe(404);
  expect(filesLeft()).toBe(0);
  expect(await privacy('erase', '--report', id)).toEqual({ code: 0, out: 'Nothing to erase.\n' });
});

test('a purge takes what came with reports that ended long ago, and files that no report took', async () => {
  const { id } = await reported();
  await reported();
  await put(SAMPLES['image/png'], keys.partner);
  const owner = database.connect<unknown>('simplification', 'owner');
  await sql`
    update simplification.report set status = 'DECLINED', declined_on = '2020-01-01' where id = ${id}`.execute(
    owner,
  );
  await sql`
    update simplification.file set deposited_at = now() - interval '25 hours' where report_id is null`.execute(
    owner,
  );
  const { code, out } = await privacy('purge');
  expect(code).toBe(0);
  expect(out).toContain(
    'Erased what came with 1 report that ended long ago, 1 file removed, and 1 file that no report took.\n',
  );
  expect(filesLeft()).toBe(1);
});
