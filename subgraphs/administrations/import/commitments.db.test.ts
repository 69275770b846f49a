import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { afterAll, expect, test } from 'vitest';
import type { Feed } from '../../../kernel/import/feed.ts';
import { rollbackImport } from '../../../kernel/import/rollback.ts';
import { runImport } from '../../../kernel/import/run.ts';
import { testDatabase } from '../../../test/kit/database.ts';
import { ask } from '../fixtures/ask.ts';
import { country } from '../fixtures/country.ts';
import { openAdministrations } from '../server.ts';
import type { AdministrationsDatabase } from '../tables.ts';
import { commitmentWordings } from './commitments.merge.ts';

const database = await testDatabase();
const db = database.connect<AdministrationsDatabase>('administrations', 'owner');
const story = country();
for (let position = 1; position <= 4; position += 1) {
  story.commitment(`COMMITMENT-E${position}`, { version: '2024', position });
}
await story.save(db);
await db
  .insertInto('directory.network_alias')
  .values({ label: 'CAF', network_id: 'NET-caf' })
  .onConflict((conflict) => conflict.doNothing())
  .execute();
const subgraph = await openAdministrations({ statementTimeoutMs: 5000 }, database.url);
afterAll(() => subgraph.close());

const load = (options: Record<string, string>, ...lines: string[]) => {
  const stream = Readable.from([['reseau;engagement;formulation', ...lines, ''].join('\n')]);
  const run = { databaseUrl: database.url, options, acceptRejects: true };
  return runImport(commitmentWordings, { name: 'formulations.csv', stream }, run);
};
const undo = (importId: string | null) =>
  rollbackImport(
    new Map<string, Feed>([['commitment-wordings', commitmentWordings]]),
    'administrations',
    importId ?? '',
    { databaseUrl: database.url },
  );
const write = async (commitment: string, version: number, wording: string) => {
  const { errors } = await ask(
    subgraph,
    'mutation ($input: WordCommitmentInput!) { wordCommitment(input: $input) { userErrors { code } } }',
    { input: { idempotencyKey: randomUUID(), network: 'NET-caf', commitment, version, wording } },
    { viewer: { role: 'NETWORK_HQ', subject: 'key:caf', network: 'NET-caf', structure: null } },
  );
  return errors.map(({ code }) => code);
};
const wording = async (commitment: string) => {
  const { data } = await ask<{
    commitment: { wordings: { wording: string; version: number; source: { file: string | null } | null }[] };
  }>(subgraph, `{ commitment(id: "${commitment}") { wordings { wording version source { file } } } }`);
  const [found] = data.commitment.wordings;
  return found && [found.wording, found.version, found.source?.file];
};

test('a file does not replace what the network wrote: its row is set aside, and told', async () => {
  await load({}, 'CAF;E1;Du fichier');
  expect(await wording('COMMITMENT-E1')).toEqual(['Du fichier', 1, 'formulations.csv']);
  expect(await write('COMMITMENT-E1', 1, 'Du réseau')).toEqual([]);
  const report = await load({}, 'CAF;E1;Du nouveau fichier', 'CAF;E2;Autre');
  expect(report).toMatchObject({
    state: 'PUBLISHED',
    counts: { accepted: 1, quarantined: 1 },
    problems: [{ code: 'WRITTEN_BY_NETWORK', samples: [{ line: 2, sample: 'Du nouveau fichier' }] }],
  });
  expect(await wording('COMMITMENT-E1')).toEqual(['Du réseau', 2, null]);
  expect(await wording('COMMITMENT-E2')).toEqual(['Autre', 1, 'formulations.csv']);
});

test('a file that says the same is no problem, and leaves it to the network', async () => {
  expect(await load({}, 'CAF;E1;Du réseau', 'CAF;E2;Encore autre')).toMatchObject({ problems: [] });
  expect(await wording('COMMITMENT-E1')).toEqual(['Du réseau', 2, null]);
});

test('an import raises the version: a writer that read the one before is told', async () => {
  expect(await wording('COMMITMENT-E2')).toEqual(['Encore autre', 2, 'formulations.csv']);
  expect(await write('COMMITMENT-E2', 1, 'Trop tard')).toEqual(['CONFLICT']);
});

test('the operator may have the file win; that can be undone, and the version goes on rising', async () => {
  const report = await load({ written: 'replace' }, 'CAF;E1;Du siège');
  expect(report.problems).toEqual([]);
  expect(await wording('COMMITMENT-E1')).toEqual(['Du siège', 3, 'formulations.csv']);
  await undo(report.importId);
  expect(await wording('COMMITMENT-E1')).toEqual(['Du réseau', 4, null]);
  expect(await load({ written: 'peut-être' }, 'CAF;E1;x')).toMatchObject({ refusal: { code: 'BAD_OPTION' } });
});

test('undoing an import does not undo what a network wrote after it', async () => {
  const report = await load({}, 'CAF;E3;Du fichier', 'CAF;E4;Du fichier');
  expect(await write('COMMITMENT-E3', 1, 'Du réseau')).toEqual([]);
  await expect(undo(report.importId)).rejects.toMatchObject({
    extensions: { code: 'CONFLICT' },
    message: expect.stringContaining('NET-caf|COMMITMENT-E3'),
  });
  expect(await wording('COMMITMENT-E3')).toEqual(['Du réseau', 2, null]);
  expect(await wording('COMMITMENT-E4')).toEqual(['Du fichier', 1, 'formulations.csv']);
});

test('a wording that an undone import had brought is gone; written again, it goes on counting', async () => {
  const report = await load({}, 'CAF;E4;Un autre');
  await undo(report.importId);
  expect(await wording('COMMITMENT-E4')).toEqual(['Du fichier', 3, 'formulations.csv']);
  await db
    .deleteFrom('administrations.network_commitment')
    .where('commitment_id', '=', 'COMMITMENT-E4')
    .execute();
  expect(await write('COMMITMENT-E4', 3, 'Disparu')).toEqual(['CONFLICT']);
  expect(await write('COMMITMENT-E4', 0, 'Du réseau')).toEqual([]);
  expect(await wording('COMMITMENT-E4')).toEqual(['Du réseau', 4, null]);
});
