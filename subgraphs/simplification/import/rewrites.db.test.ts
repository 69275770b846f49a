import { Readable } from 'node:stream';
import { type RawBuilder, sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Feed } from '../../../kernel/import/feed.ts';
import { rollbackImport } from '../../../kernel/import/rollback.ts';
import { runImport } from '../../../kernel/import/run.ts';
import { testDatabase } from '../../../test/kit/database.ts';
import { seedDirectory } from '../../../test/kit/directory.ts';
import { documents } from './documents.merge.ts';
import { simplificationFeeds } from './feeds.ts';
import { reports } from './reports.merge.ts';
import { rewrites } from './rewrites.merge.ts';

const database = await testDatabase();
const db = database.connect<unknown>('simplification', 'owner');
const rows = async <T>(query: RawBuilder<T>) => (await query.execute(db)).rows;

const load = (feed: Feed, lines: readonly string[], options: Record<string, string> = {}) => {
  const stream = Readable.from([[...lines, ''].join('\n')]);
  return runImport(feed, { name: 'table.csv', stream }, { databaseUrl: database.url, options });
};
const undo = (importId: string | null) =>
  rollbackImport(
    new Map(simplificationFeeds.map((feed) => [feed.name, feed])),
    'simplification',
    importId ?? '',
    { databaseUrl: database.url },
  );

const REPORTS = 'identifiant;reseau;nature;etat;recu_le;examine_le;reecrit_le;teste_le;diffuse_le;publie';
const IN_USE = 'REP-12;NET-caf;courrier;diffusé;2024-01-02;2024-01-05;2024-02-01;2024-02-10;2024-02-15;oui';
const WAITING = 'REP-13;NET-caf;courrier;examiné;2024-01-02;2024-01-05;;;;oui';
const TEXTS =
  'identifiant;redige_le;avant;apres;phrases_avant;phrases_apres;vocabulaire_avant;vocabulaire_apres;organisation_avant;' +
  'organisation_apres;mise_en_page_avant;mise_en_page_apres;appreciation;experts;teste_le;testeurs;compris;reussi;' +
  'enseignements;titre;publie';
const GOOD: Readonly<Record<string, string>> = {
  identifiant: 'REWRITE-12-1',
  redige_le: '2024-02-01',
  avant: 'Nonobstant.',
  apres: 'Malgré tout.',
  phrases_avant: '0',
  phrases_apres: '3',
  vocabulaire_avant: '1',
  vocabulaire_apres: '3',
  organisation_avant: '1',
  organisation_apres: '2',
  mise_en_page_avant: '0',
  mise_en_page_apres: '2',
  appreciation: 'Plus court.',
  experts: 'juristes, langage clair',
  teste_le: '2024-02-10',
  testeurs: '8',
  compris: '7',
  reussi: '6',
  enseignements: 'Un mot arrête encore.',
  titre: 'Un avis plus clair',
  publie: 'oui',
};
const line = (cells: Record<string, string> = {}) =>
  TEXTS.split(';')
    .map((name) => cells[name] ?? GOOD[name] ?? '')
    .join(';');

beforeAll(async () => {
  await seedDirectory(database);
  await load(reports, [REPORTS, IN_USE, WAITING]);
});

const gallery = sql`
  select id, title, testers, understood, published_on, experts, layout_after from simplification.published_before_after`;

test('texts and their tests are kept; those published make the gallery; again changes nothing, a rollback undoes', async () => {
  const first = await load(rewrites, [TEXTS, line()]);
  expect(first).toMatchObject({
    state: 'PUBLISHED',
    problems: [],
    merge: { inserted: 1, details: { tests: 1 } },
  });
  expect(await rows(gallery)).toEqual([
    {
      id: 'REWRITE-12-1',
      title: 'Un avis plus clair',
      testers: 8,
      understood: 7,
      published_on: '2024-02-15',
      experts: ['LEGAL', 'PLAIN_LANGUAGE'],
      layout_after: 2,
    },
  ]);
  expect(await load(rewrites, [TEXTS, line()])).toMatchObject({ state: 'ALREADY_IMPORTED' });
  const changed = await load(rewrites, [TEXTS, line({ apres: 'Malgré tout cela.', compris: '8' })]);
  expect(changed.merge).toMatchObject({ inserted: 0, updated: 1, details: { tests: 1 } });
  await undo(changed.importId);
  expect(await rows(sql`select after from simplification.rewrite`)).toEqual([{ after: 'Malgré tout.' }]);
  await undo(first.importId);
  expect(await rows(sql`select id from simplification.rewrite`)).toEqual([]);
  expect(await rows(sql`select id from simplification.user_test`)).toEqual([]);
});

describe('texts with', () => {
  test.each([
    ['an id of no version', { identifiant: 'REWRITE-12' }, 'identifiant', 'BAD_CODE', 'REJECTED'],
    ['an unknown report', { identifiant: 'REWRITE-99-1' }, 'identifiant', 'UNKNOWN_REPORT', 'QUARANTINED'],
    ['no text', { apres: '' }, 'apres', 'REQUIRED', 'REJECTED'],
    ['a score that is none', { phrases_avant: '4' }, 'phrases_avant', 'OUT_OF_RANGE', 'REJECTED'],
    ['a name for an expert', { experts: 'Mme Martin' }, 'experts', 'NOT_ALLOWED', 'REJECTED'],
    ['half a test', { reussi: '' }, 'reussi', 'REQUIRED', 'REJECTED'],
    ['more who understood than tried', { compris: '9' }, 'compris', 'CONTRADICTORY_PARTS', 'REJECTED'],
    ['a test before the text', { teste_le: '2024-01-01' }, 'teste_le', 'OUT_OF_RANGE', 'REJECTED'],
    ['a day to come', { teste_le: '2199-01-01' }, 'teste_le', 'FUTURE_DATE', 'REJECTED'],
    [
      'a publication untested',
      { teste_le: '', testeurs: '', compris: '', reussi: '' },
      'testeurs',
      'NOT_TESTED',
      'REJECTED',
    ],
    ['a publication without a title', { titre: '' }, 'titre', 'REQUIRED', 'REJECTED'],
    [
      'a publication of what is not in use',
      { identifiant: 'REWRITE-13-1' },
      'publie',
      'NOT_DISSEMINATED',
      'QUARANTINED',
    ],
  ])('%s', async (_case, cells, column, code, severity) => {
    const { problems } = await load(rewrites, [TEXTS, line(cells)]);
    expect(problems).toMatchObject([{ code, severity, samples: [{ line: 2, column }] }]);
    expect(await rows(sql`select from simplification.rewrite`)).toEqual([]);
  });
});

describe('what was written in the hub since', () => {
  const HERE = { code: 'WRITTEN_IN_THE_HUB', severity: 'QUARANTINED' };

  test('a file leaves a report alone, and its texts, unless told to replace them', async () => {
    const kept = await load(rewrites, [TEXTS, line({ publie: 'non' })]);
    await sql`update simplification.report set import_id = null, kind = 'FORM' where id = 'REP-12'`.execute(
      db,
    );
    const otherwise = IN_USE.replace('courrier', 'courriel');
    expect(await load(reports, [REPORTS, otherwise, WAITING])).toMatchObject({ problems: [HERE] });
    expect(await load(rewrites, [TEXTS, line({ apres: 'Autre.' })])).toMatchObject({ problems: [HERE] });
    expect(await load(reports, [REPORTS, otherwise], { written: 'replace' })).toMatchObject({
      problems: [],
      merge: { updated: 1 },
    });
    await undo(kept.importId);
  });

  test('a rollback stops there', async () => {
    const { importId } = await load(rewrites, [TEXTS, line({ titre: 'Encore un' })]);
    await sql`update simplification.rewrite set import_id = null where report_id = 'REP-12'`.execute(db);
    await expect(undo(importId)).rejects.toThrow('REWRITE-12-1 was written in the hub since this import');
  });

  test('so it is with documents', async () => {
    const register = 'identifiant;reseau;intitule;nature;publie';
    await load(documents, [register, 'DOC-7;NET-caf;Avis;courrier;oui']);
    await sql`update simplification.document set import_id = null where id = 'DOC-7'`.execute(db);
    expect(await load(documents, [register, 'DOC-7;NET-caf;Autre;courrier;oui'])).toMatchObject({
      problems: [HERE],
    });
  });
});
