import { Readable } from 'node:stream';
import { type RawBuilder, sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { Feed } from '../../../kernel/import/feed.ts';
import { rollbackImport } from '../../../kernel/import/rollback.ts';
import { runImport } from '../../../kernel/import/run.ts';
import { testDatabase } from '../../../test/kit/database.ts';
import { seedDirectory } from '../../../test/kit/directory.ts';
import { insertRows } from '../../../test/kit/insert.ts';
import { documents } from './documents.merge.ts';
import { simplificationFeeds } from './feeds.ts';
import { reports } from './reports.merge.ts';

const database = await testDatabase();
await seedDirectory(database);
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
    {
      databaseUrl: database.url,
    },
  );

const REGISTER = 'identifiant;reseau;intitule;nature;reference;url;publie';
const REPORTS =
  'identifiant;reseau;code_sp_structure;site;document;nature;signale_par;problemes;commentaire;etat;recu_le;' +
  'examine_le;reecrit_le;teste_le;diffuse_le;ecarte_le;publie';

test('documents: published where the file says so, changed in place, put back by a rollback', async () => {
  const first = await load(documents, [
    REGISTER,
    'DOC-1;NET-caf;Avis de trop-perçu;courrier;AVP-12;https://www.caf.fr/avis;oui',
    'DOC-2;NET-caf;Relance;Courriel;;;',
  ]);
  expect(first).toMatchObject({ state: 'PUBLISHED', merge: { inserted: 2 } });
  const published = sql`select id, title, kind, reference from simplification.published_document order by id`;
  const notice = { id: 'DOC-1', title: 'Avis de trop-perçu', kind: 'LETTER', reference: 'AVP-12' };
  expect(await rows(published)).toEqual([notice]);

  const second = await load(
    documents,
    [
      REGISTER,
      'DOC-1;NET-caf;Avis de trop-perçu;courrier;AVP-12;https://www.caf.fr/avis;',
      'DOC-2;NET-caf;Relance simplifiée;Courriel;;;',
    ],
    { published: 'oui' },
  );
  expect(second.merge).toEqual({ inserted: 0, updated: 1, unchanged: 1, closed: 0 });
  const reminder = { id: 'DOC-2', title: 'Relance simplifiée', kind: 'EMAIL', reference: null };
  expect(await rows(published)).toEqual([notice, reminder]);
  await expect(undo(first.importId)).rejects.toThrow(/a later import/);
  await undo(second.importId);
  expect(await rows(sql`select title, published from simplification.document where id = 'DOC-2'`)).toEqual([
    { title: 'Relance', published: false },
  ]);
});

const DISSEMINATED =
  'REP-1;NET-caf;caf-62;SITE-caf-62;DOC-1;courrier;usager;Trop long, jargon;Je ne comprends rien.;diffusé;' +
  '2024-01-02;2024-01-05;2024-02-01;2024-02-10;2024-02-15;;oui';

test('reports: their steps are kept, their comments unpublished; the same file again changes nothing', async () => {
  const waiting = 'REP-2;NET-caf;;;;formulaire;agent;;;Reçu;2024-03-01;;;;;;';
  const first = await load(reports, [REPORTS, DISSEMINATED, waiting]);
  expect(first).toMatchObject({ state: 'PUBLISHED', merge: { inserted: 2 } });
  const seen = await rows(sql`select * from simplification.published_report`);
  expect(seen).toHaveLength(1);
  expect(seen[0]).toMatchObject({
    network_id: 'NET-caf',
    id: 'REP-1',
    document_id: 'DOC-1',
    structure_id: 'STR-caf-62',
    site_id: 'SITE-caf-62',
    departement_id: 'DEP-62',
    problems: ['JARGON', 'TOO_LONG'],
    reported_by: 'USER',
    status: 'DISSEMINATED',
    received_on: '2024-01-02',
    disseminated_on: '2024-02-15',
  });
  expect(JSON.stringify(seen)).not.toContain('comprends');
  expect(await rows(sql`select comment from simplification.report where id = 'REP-1'`)).toEqual([
    { comment: 'Je ne comprends rien.' },
  ]);
  expect(await load(reports, [REPORTS, DISSEMINATED, waiting])).toMatchObject({ state: 'ALREADY_IMPORTED' });
  const again = await load(reports, [REPORTS, waiting, DISSEMINATED]);
  expect(again.merge).toEqual({ inserted: 0, updated: 0, unchanged: 2, closed: 0 });
  await undo(again.importId);
  await undo(first.importId);
  expect(await rows(sql`select from simplification.report`)).toEqual([]);
});

/** A line of the register or of the reports with some of its cells changed. */
const changed = (header: string, line: string, cells: Record<string, string>) => {
  const names = header.split(';');
  const values = line.split(';');
  for (const [name, value] of Object.entries(cells)) values[names.indexOf(name)] = value;
  return values.join(';');
};

describe('documents with', () => {
  const good = 'DOC-9;NET-caf;Avis;courrier;;;oui';
  test.each([
    ['an id of no document', { identifiant: 'REP-9' }, 'identifiant', 'BAD_CODE', 'REJECTED'],
    ['no title', { intitule: '' }, 'intitule', 'REQUIRED', 'REJECTED'],
    ['a kind that is none', { nature: 'affiche' }, 'nature', 'NOT_ALLOWED', 'REJECTED'],
    ['half an address', { url: 'caf.fr' }, 'url', 'BAD_CODE', 'REJECTED'],
    ['perhaps', { publie: 'peut-être' }, 'publie', 'NOT_ALLOWED', 'REJECTED'],
    ['an unknown network', { reseau: 'guichet' }, 'reseau', 'UNKNOWN_NETWORK', 'QUARANTINED'],
    [
      'the id of another network',
      { identifiant: 'DOC-1', reseau: 'NET-france-travail' },
      'identifiant',
      'OTHER_NETWORK',
      'QUARANTINED',
    ],
  ])('%s', async (_case, cells, column, code, severity) => {
    const { problems } = await load(documents, [REGISTER, changed(REGISTER, good, cells)]);
    expect(problems).toMatchObject([{ code, severity, samples: [{ line: 2, column }] }]);
  });
});

describe('reports with', () => {
  test.each([
    ['no test before dissemination', { teste_le: '' }, 'teste_le', 'NOT_TESTED', 'REJECTED'],
    ['a test after dissemination', { teste_le: '2024-02-16' }, 'diffuse_le', 'OUT_OF_RANGE', 'REJECTED'],
    ['steps that run backwards', { examine_le: '2023-12-31' }, 'examine_le', 'OUT_OF_RANGE', 'REJECTED'],
    ['a state without its day', { etat: 'écarté', diffuse_le: '' }, 'ecarte_le', 'REQUIRED', 'REJECTED'],
    ['a day beyond its state', { etat: 'testé' }, 'diffuse_le', 'CONTRADICTORY_STATE', 'REJECTED'],
    [
      'both ends',
      { etat: 'écarté', ecarte_le: '2024-03-01' },
      'diffuse_le',
      'CONTRADICTORY_STATE',
      'REJECTED',
    ],
    ['a day to come', { diffuse_le: '2199-01-01' }, 'diffuse_le', 'FUTURE_DATE', 'REJECTED'],
    ['no day of receipt', { recu_le: '' }, 'recu_le', 'REQUIRED', 'REJECTED'],
    ['an unknown problem', { problemes: 'jargon, laid' }, 'problemes', 'NOT_ALLOWED', 'REJECTED'],
    ['an unknown state', { etat: 'perdu' }, 'etat', 'NOT_ALLOWED', 'REJECTED'],
    [
      'an unknown structure',
      { code_sp_structure: '4299' },
      'code_sp_structure',
      'UNKNOWN_STRUCTURE',
      'QUARANTINED',
    ],
    ['an unknown site', { site: 'caf-00-01' }, 'site', 'UNKNOWN_SITE', 'QUARANTINED'],
    ['a site of another network', { site: 'SITE-ft-62' }, 'site', 'OTHER_NETWORK', 'QUARANTINED'],
    ['an unknown document', { document: 'DOC-404' }, 'document', 'UNKNOWN_DOCUMENT', 'QUARANTINED'],
  ])('%s', async (_case, cells, column, code, severity) => {
    const { state, problems } = await load(reports, [REPORTS, changed(REPORTS, DISSEMINATED, cells)]);
    expect(state).toBe(severity === 'REJECTED' ? 'REFUSED' : 'PUBLISHED');
    expect(problems).toMatchObject([{ code, severity, samples: [{ line: 2, column }] }]);
    expect(await rows(sql`select from simplification.report`)).toEqual([]);
  });
});

test('two rows of one id are both rejected', async () => {
  const other = changed(REPORTS, DISSEMINATED, { nature: 'formulaire' });
  const { state, problems } = await load(reports, [REPORTS, DISSEMINATED, other]);
  expect(state).toBe('REFUSED');
  expect(problems).toMatchObject([{ code: 'CONTRADICTORY_ROW', count: 2 }]);
});

test('what a network did stands at the sites of the one that took its place', async () => {
  await insertRows(database.connect('administrations', 'owner'), 'directory.network', [
    {
      id: 'NET-pole-emploi',
      code: 'pole-emploi',
      name: 'Pôle emploi',
      finest_level: 'SITE',
      has_ivr: false,
      counts_in_transparency: true,
      successor_id: 'NET-france-travail',
    },
  ]);
  const theirs = { reseau: 'NET-pole-emploi', code_sp_structure: '', site: 'SITE-ft-62', document: '' };
  const report = await load(reports, [REPORTS, changed(REPORTS, DISSEMINATED, theirs)]);
  expect(report).toMatchObject({ state: 'PUBLISHED', problems: [], merge: { inserted: 1 } });
  const back = {
    code_sp_structure: '',
    document: '',
    identifiant: 'REP-2',
    reseau: 'NET-caf',
    site: 'SITE-ft-62',
  };
  const { problems } = await load(reports, [REPORTS, changed(REPORTS, DISSEMINATED, back)]);
  expect(problems).toMatchObject([{ code: 'OTHER_NETWORK' }]);
});
