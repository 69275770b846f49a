import { expect, test } from 'vitest';
import { exportedFile } from '../../../test/kit/exported.ts';
import { testimoniesExport } from '../export/testimonies.export.ts';
import { ANONYMOUS, outcomeOf, TODAY } from '../fixtures/writers.ts';
import { REFERENT, repliersWorld, SIBLING, VALIDATOR } from './fixtures/repliers.ts';

const { tell, send, seen, ask, stored, database } = await repliersWorld();
const reason = 'De son ressort';
const transfer = (id: string, version: number, to: string, who = VALIDATOR) =>
  send(who, 'transferReply', { id, version, to, reason });
const concernsOf = (id: string) =>
  seen(
    ANONYMOUS,
    id.slice(0, id.lastIndexOf(':')),
    'concerns { id status structure { id } site { id } channels }',
  );

test('a structure below owes the reply under an id of its own; what was drafted is put away', async () => {
  const [id = ''] = await tell([{ structure: 'STR-caf-62', site: 'SITE-caf-62', channels: ['Guichet'] }]);
  await send(REFERENT, 'draftReply', { id, version: 1, body: 'Brouillon', aiDraft: 'Brouillon' });
  const next = id.replace(/1$/, '4');
  const done = await transfer(id, 2, 'STR-caf-62-arras', REFERENT);
  expect(done).toMatchObject({
    task: {
      id,
      state: 'TRANSFERRED',
      version: 3,
      steps: [],
      body: null,
      handedOnTo: {
        id: next,
        state: 'TO_PROCESS',
        version: 1,
        structure: { id: 'STR-caf-62-arras' },
        site: { id: 'SITE-caf-62' },
      },
    },
    userErrors: [],
  });
  expect(await concernsOf(id)).toEqual({
    concerns: [
      {
        id,
        status: 'TRANSFERRED',
        structure: { id: 'STR-caf-62' },
        site: { id: 'SITE-caf-62' },
        channels: ['Guichet'],
      },
      {
        id: next,
        status: 'TO_PROCESS',
        structure: { id: 'STR-caf-62-arras' },
        site: { id: 'SITE-caf-62' },
        channels: ['Guichet'],
      },
    ],
  });
  const drafted = await send(REFERENT, 'draftReply', { id: next, version: 1, body: 'Bonjour' });
  expect(drafted['task']).toMatchObject({ state: 'DRAFT', aiSimilarity: null, handedOnFrom: id });
});

test('its clock is that of the testimony, and what was handed on does not count', async () => {
  const more = { title: 'Xylophone au guichet', writtenOn: '2026-11-12' };
  const [id = ''] = await tell([{ structure: 'STR-caf-62' }], more);
  await transfer(id, 1, 'STR-caf-62-nord');
  const next = id.replace(/1$/, '4');
  await transfer(next, 1, 'STR-caf-62-arras');
  const last = id.replace(/1$/, '5');
  await send(REFERENT, 'draftReply', { id: last, version: 1, body: 'Bonjour' });
  await send(REFERENT, 'submitReply', { id: last, version: 2 });
  await send(VALIDATOR, 'publishReply', { id: last, version: 3 });
  const { data } = await ask(
    ANONYMOUS,
    '{ replyDelays(filter: { search: "xylophone" }, groupBy: [STRUCTURE]) { keys { value } expected answered medianDays } }',
  );
  expect(data.replyDelays).toEqual([
    { keys: [{ value: 'STR-caf-62-arras' }], expected: 1, answered: 1, medianDays: 10 },
  ]);
  expect(TODAY).toBe('2026-11-22');
  expect((await concernsOf(id)).concerns.map(({ status }: { status: string }) => status)).toEqual([
    'TRANSFERRED',
    'TRANSFERRED',
    'PUBLISHED',
  ]);
});

test.each([
  ['the structure itself', 'STR-caf-62', 'NOT_BELOW'],
  ['one above', 'STR-caf', 'NOT_BELOW'],
  ['one beside', 'STR-caf-75', 'NOT_BELOW'],
  ['one of another network', 'STR-ft-bapaume', 'NOT_BELOW'],
  ['one that is closed', 'STR-caf-62-closed', 'NOT_BELOW'],
  ['none', 'STR-none', 'NOT_BELOW'],
  ['one below', 'STR-caf-62-nord', 'done'],
])('to %s: %s', async (_case, to, outcome) => {
  const [id = ''] = await tell();
  expect(outcomeOf(await transfer(id, 1, to))).toBe(outcome);
});

test('nobody is concerned twice by one testimony', async () => {
  const [id = ''] = await tell([{ structure: 'STR-caf-62' }, { structure: 'STR-caf-62-arras' }]);
  expect(outcomeOf(await transfer(id, 1, 'STR-caf-62-arras'))).toBe('ALREADY_CONCERNED');
  expect(await stored(id)).toEqual({ state: 'TO_PROCESS', version: 1 });
});

test('what waits for validation, or was handed on, is not handed on', async () => {
  const [id = ''] = await tell();
  await send(REFERENT, 'draftReply', { id, version: 1, body: 'Bonjour' });
  await send(REFERENT, 'submitReply', { id, version: 2 });
  expect(outcomeOf(await transfer(id, 3, 'STR-caf-62-nord'))).toBe('IMPOSSIBLE_TRANSITION');
  const [other = ''] = await tell();
  await transfer(other, 1, 'STR-caf-62-nord');
  expect(outcomeOf(await transfer(other, 2, 'STR-caf-62-arras'))).toBe('IMPOSSIBLE_TRANSITION');
  expect(outcomeOf(await transfer(other, 2, 'STR-caf-62-arras', SIBLING))).toBe('NOT_FOUND');
});

test('two structures of one testimony hand on at once, each under an id of its own', async () => {
  const [first = '', second = ''] = await tell([{ structure: 'STR-caf-62' }, { structure: 'STR-caf' }]);
  const done = await Promise.all([transfer(first, 1, 'STR-caf-62-arras'), transfer(second, 1, 'STR-caf-75')]);
  expect(done.map(outcomeOf)).toEqual(['done', 'done']);
  const { concerns } = await concernsOf(first);
  expect(concerns.map(({ id }: { id: string }) => id.slice(-1))).toEqual(['1', '2', '4', '5']);
});

test('the export keeps its three groups of columns: who owes the reply now stands where the user named another', async () => {
  const [first = '', second = ''] = await tell([
    { structure: 'STR-caf-62', status: 'TO_PROCESS' },
    { structure: 'STR-caf-75' },
  ]);
  await transfer(first, 1, 'STR-caf-62-nord');
  await transfer(first.replace(/1$/, '4'), 1, 'STR-caf-62-arras');
  const last = first.replace(/1$/, '5');
  await send(REFERENT, 'draftReply', { id: last, version: 1, body: 'Merci, dit Arras' });
  await send(REFERENT, 'submitReply', { id: last, version: 2 });
  await send(VALIDATOR, 'publishReply', { id: last, version: 3 });
  await send(VALIDATOR, 'transferReply', { id: second, version: 1, to: 'STR-none', reason });
  const set = { set: testimoniesExport, subgraph: 'testimonies' };
  const lines = String(await exportedFile(database.url, set, 'ndjson', 'layout=open-data')).split('\n');
  const row = lines.filter(Boolean).map((line) => JSON.parse(line));
  expect(row.find((one) => `TEM-${one['ID expérience']}` === first.slice(0, -2))).toMatchObject({
    'Date de premiere réponse': TODAY,
    'Intitulé structure 1': 'CAF, accueil d’Arras',
    'Statut réponse structure 1': 'Réponse publiée',
    'Réponse structure 1': 'Merci, dit Arras',
    'Intitulé structure 2': 'CAF de Paris',
    'Statut réponse structure 2': 'À traiter',
    'Réponse structure 2': null,
  });
});
