import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { networkNamed } from '../../../cli/network.query.ts';
import { exportedFile } from '../../../test/kit/exported.ts';
import { csv, importText, problemsOf, row } from '../fixtures/import-text.ts';
import { FULL, importWorld } from '../fixtures/import-world.ts';
import { testimoniesExport } from './testimonies.export.ts';

const { database, owner, content } = await importWorld();
const db = database.connect<unknown>('testimonies', 'public');

async function exported(filter = ''): Promise<string> {
  const set = { set: testimoniesExport, subgraph: 'testimonies' };
  return (await exportedFile(database.url, set, 'csv', `layout=open-data&${filter}`)).toString('utf8');
}

const HARD = [
  FULL,
  row({
    'ID expérience': '2',
    Titre: '=HYPERLINK("http://piege.example";"Cliquez")',
    Description: '+ tout ; "guillemets"\r\net deux lignes\nl\'accueil',
    'Pseudonyme usager': '@zoe',
    'Expériences Similaires': '-0',
    'Amélioration de service à considérer': "'-5 étoiles",
    Relation: '=2+2',
    'Intitulé région usager': 'Île-de-France',
    'Intitulé Typologie 1': 'France Travail',
    'Intitulé structure 1': '- Une agence que nul ne connaît',
    'Canaux typologie 1': 'Guichet',
    'Statut réponse structure 1': 'Réponse publiée',
    'Réponse structure 1': '-12,5',
    'Date de premiere réponse': '2024-03-09',
    'Intitulé Typologie 3': 'CAF',
    'Code SP+ structure 3': 'caf-75',
    'Site structure 3': 'SITE-caf-75',
    'Statut réponse structure 3': 'Transférée',
  }),
];

const HIDDEN = [
  row({ 'ID expérience': '3', 'Etat expérience': 'Rejetée', 'Motif de rejet': 'CACHÉ', Titre: 'CACHÉ' }),
  row({ 'ID expérience': '4', 'Etat expérience': 'En attente', 'Date de publication': '', Titre: 'CACHÉ' }),
];

test('what is exported comes back the same, and is exported the same', async () => {
  await importText(database.url, csv(HARD));
  const before = await content();
  const file = await exported();
  const again = await importText(database.url, file);
  expect(problemsOf(again)).toEqual(['UNKNOWN_STRUCTURE NOTICE 2 Intitulé structure 1']);
  expect(again.merge).toMatchObject({ inserted: 0, updated: 0, unchanged: 2 });
  await sql`truncate testimonies.testimony cascade`.execute(owner);
  expect((await importText(database.url, file, { force: true })).merge).toMatchObject({ inserted: 2 });
  expect(await content()).toEqual(before);
  expect(await exported()).toBe(file);
});

test('spreadsheets have nothing to run, and numbers are numbers', async () => {
  await importText(database.url, csv(HARD));
  const file = await exported();
  expect(file.startsWith('\ufeffID expérience;Etat expérience;Écrit le;')).toBe(true);
  expect(file).toContain(`"'=HYPERLINK(`);
  expect(file).toContain(`"'+ tout ; ""guillemets""`);
  expect(file).toContain(`;'@zoe;`);
  expect(file).toContain(`;-12,5;`);
  expect(file).toContain(`;'-5 étoiles;`);
});

test('nothing that is not published leaves: states, reasons, drafts, what waits for validation', async () => {
  const draft = {
    ...FULL,
    'Statut réponse structure 2': 'À valider',
    'Réponse structure 2': 'CACHÉ',
  };
  await importText(database.url, csv([draft, ...HIDDEN]));
  const file = await exported();
  expect(file).toContain('5417234;');
  expect(file).not.toContain('CACHÉ');
  expect(file.match(/Publiée/g)).toHaveLength(1);
});

test('by network and by day of publication', async () => {
  await importText(
    database.url,
    csv([...HARD, row({ 'ID expérience': '9', 'Date de publication': '2024-06-01', Titre: 'Juin' })]),
  );
  const ids = async (filter: string) =>
    [...(await exported(filter)).matchAll(/^(\d+);Publiée/gm)].map(([, id]) => id);
  expect(await ids('')).toEqual(['2', '5417234', '9']);
  expect(await ids('publishedFrom=2024-06-01')).toEqual(['9']);
  expect(await ids('publishedTo=2024-05-31')).toEqual(['2', '5417234']);
  expect(await ids('network=NET-caf')).toEqual(['2', '5417234']);
  expect(await ids('network=NET-none')).toEqual([]);
  expect(await networkNamed(db, 'caf')).toBe('NET-caf');
  expect(await networkNamed(db, 'FRANCE travail')).toBe('NET-france-travail');
  expect(await networkNamed(db, "'; --")).toBeNull();
});

test('more than one page, each testimony once', async () => {
  await sql`
    insert into testimonies.testimony (id, state, title, body, feeling, written_on, published_on)
    select 'TEM-' || n, 'PUBLISHED', 't', 'b', 'NEUTRAL', '2024-03-01', '2024-03-01'
      from generate_series(0, 2499) as n`.execute(owner);
  const numbers = [...(await exported()).matchAll(/^(\d+);Publiée/gm)].map(([, id]) => id);
  expect(numbers).toHaveLength(2500);
  expect(new Set(numbers).size).toBe(2500);
});
