import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { rollbackImport } from '../../../kernel/import/rollback.ts';
import { insertRows } from '../../../test/kit/insert.ts';
import { csv, importText, problemsOf, row } from '../fixtures/import-text.ts';
import { ANONYMOUS, outcomeOf } from '../fixtures/writers.ts';
import { testimoniesFeeds } from '../import/feeds.ts';
import { REFERENT, repliersWorld, VALIDATOR } from './fixtures/repliers.ts';

const { database, directory, owner, send, seen, stored } = await repliersWorld();
const FEEDS = new Map(testimoniesFeeds.map((feed) => [feed.name, feed]));

beforeAll(() => insertRows(directory, 'directory.network_alias', [{ label: 'CAF', network_id: 'NET-caf' }]));

/** A file of the platform that tells one testimony. */
const load = (number: string, cells: Record<string, string> = {}, options = {}) =>
  importText(
    database.url,
    csv([
      row({
        'ID expérience': number,
        'Intitulé typologie 1': 'CAF',
        'Code SP+ structure 1': 'caf-62',
        'Statut réponse structure 1': 'À traiter',
        ...cells,
      }),
    ]),
    options,
  );
const undo = (importId: string | null) =>
  rollbackImport(FEEDS, 'testimonies', String(importId), { databaseUrl: database.url });
const shown = (testimony: string) =>
  seen(
    ANONYMOUS,
    testimony,
    'actionEngaged concerns { id status structure { id } reply { body } } actions { words }',
  );

async function reply(id: string): Promise<void> {
  await send(REFERENT, 'draftReply', { id, version: 1, body: 'Du hub', aiDraft: 'De la machine' });
  await send(REFERENT, 'submitReply', { id, version: 2 });
  expect(outcomeOf(await send(VALIDATOR, 'publishReply', { id, version: 3 }))).toBe('done');
}

const HUB = {
  actionEngaged: true,
  concerns: [
    { id: 'TEM-1:1', status: 'PUBLISHED', structure: { id: 'STR-caf-62' }, reply: { body: 'Du hub' } },
  ],
  actions: [{ words: 'Fait' }],
};
const LATER = {
  'Statut réponse structure 1': 'Réponse publiée',
  'Réponse structure 1': 'De la plateforme',
  'Date de premiere réponse': '2024-03-20',
};

test('a file leaves a reply of the hub alone, unless told to; undoing gives it back', async () => {
  const first = await load('1');
  await reply('TEM-1:1');
  await send(REFERENT, 'engageAction', { id: 'TEM-1:1', version: 4, on: '2026-11-01', words: 'Fait' });
  expect(await shown('TEM-1')).toEqual(HUB);

  expect((await load('1', {}, { force: true })).problems).toEqual([]);
  expect(problemsOf(await load('1', LATER))).toEqual(['WRITTEN_IN_THE_HUB QUARANTINED 2 ID expérience']);
  expect(await shown('TEM-1')).toEqual(HUB);
  await expect(undo(first.importId)).rejects.toMatchObject({ extensions: { code: 'CONFLICT' } });

  const replaced = await load('1', LATER, { options: { written: 'replace' } });
  expect(await shown('TEM-1')).toMatchObject({
    concerns: [{ id: 'TEM-1:1', status: 'PUBLISHED', reply: { body: 'De la plateforme' } }],
    actions: [],
  });
  // Who read it before the file must read it again.
  expect(await stored('TEM-1:1')).toEqual({ state: 'PUBLISHED', version: 6 });
  await undo(replaced.importId);
  expect(await shown('TEM-1')).toEqual(HUB);
  expect(await stored('TEM-1:1')).toEqual({ state: 'PUBLISHED', version: 5 });
});

test('a draft of the hub, and a reply that was handed on, outlive a file and its undoing', async () => {
  await load('2');
  await send(REFERENT, 'draftReply', { id: 'TEM-2:1', version: 1, body: 'En cours', aiDraft: 'Machine' });
  await load('3');
  await send(VALIDATOR, 'transferReply', {
    id: 'TEM-3:1',
    version: 1,
    to: 'STR-caf-62-arras',
    reason: 'De son ressort',
  });
  for (const number of ['2', '3']) {
    expect(problemsOf(await load(number, LATER))).toEqual(['WRITTEN_IN_THE_HUB QUARANTINED 2 ID expérience']);
  }
  expect(await stored('TEM-2:1')).toEqual({ state: 'DRAFT', version: 2 });
  expect(await stored('TEM-3:4')).toEqual({ state: 'TO_PROCESS', version: 1 });
  await load('2', LATER, { options: { written: 'replace' } });
  const { rows } = await sql`select from testimonies.ai_draft where testimony_id = 'TEM-2'`.execute(owner);
  expect(rows).toEqual([]);
});
