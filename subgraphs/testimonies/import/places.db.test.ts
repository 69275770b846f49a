import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { insertRows } from '../../../test/kit/insert.ts';
import { csv, importText, problemsOf, row } from '../fixtures/import-text.ts';
import { importWorld } from '../fixtures/import-world.ts';

const { database, directory, one } = await importWorld();

describe('structures are recognised by label and typology', () => {
  const placed = async (cells: Record<string, string>) => {
    const report = await importText(database.url, csv([row(cells)]));
    const [concern] = await one(
      sql`select network_id, structure_id, site_id, structure_label from testimonies.concern`,
    );
    return { problems: problemsOf(report), concern };
  };
  const caf = { network_id: 'NET-caf', structure_id: 'STR-caf-62', site_id: null, structure_label: null };

  test.each([
    ['label and typology', { 'Intitulé typologie 1': 'CAF', 'Intitulé structure 1': 'caf du PAS DE CALAIS' }],
    ['label alone', { 'Intitulé structure 1': 'CAF du Pas-de-Calais' }],
    [
      'label and an unknown typology',
      { 'Intitulé typologie 1': 'Guichets', 'Intitulé structure 1': 'CAF du Pas-de-Calais' },
    ],
    ['code', { 'Code SP+ structure 1': 'caf-62', 'Intitulé structure 1': 'Autrement dit' }],
    ['id', { 'Code SP+ structure 1': 'STR-caf-62' }],
  ])('%s', async (_case, cells) => {
    expect(await placed(cells)).toEqual({ problems: [], concern: caf });
  });

  test('a label of another network, or of nobody, keeps the network that the typology names', async () => {
    const { problems, concern } = await placed({
      'Intitulé typologie 1': 'France Travail',
      'Intitulé structure 1': 'CAF du Pas-de-Calais',
      'Statut réponse structure 1': 'À traiter',
    });
    expect(problems).toEqual(['UNKNOWN_STRUCTURE NOTICE 2 Intitulé structure 1']);
    expect(concern).toEqual({
      network_id: 'NET-france-travail',
      structure_id: null,
      site_id: null,
      structure_label: 'CAF du Pas-de-Calais',
    });
    expect(await one(sql`select network_id, status from testimonies.published_concern`)).toEqual([
      { network_id: 'NET-france-travail', status: 'TO_PROCESS' },
    ]);
  });

  test('of two of the same name none is taken; of one open and one closed, the open one', async () => {
    const twin = {
      code: 'twin',
      id: 'STR-twin',
      name: 'Caf du Pas-de-Calais',
      network_id: 'NET-caf',
      typology_id: 'TYP-caf',
      level: 'DEPARTEMENT',
      import_id: '00000000-0000-4000-8000-000000000000',
    };
    await insertRows(directory, 'directory.structure', [twin]);
    const cells = { 'Intitulé typologie 1': 'CAF', 'Intitulé structure 1': 'CAF du Pas-de-Calais' };
    const { problems, concern } = await placed(cells);
    expect(problems).toEqual(['AMBIGUOUS_STRUCTURE NOTICE 2 Intitulé structure 1']);
    expect(concern).toMatchObject({ network_id: 'NET-caf', structure_id: null });
    await sql`update directory.structure set valid_to = '2020-01-01' where id = 'STR-twin'`.execute(
      directory,
    );
    // The same file again: what the directory knows since is taken over.
    const again = await importText(database.url, csv([row(cells)]), { force: true });
    expect(again.merge).toMatchObject({ updated: 1 });
    expect(await one(sql`select structure_id, structure_label from testimonies.concern`)).toEqual([
      { structure_id: 'STR-caf-62', structure_label: null },
    ]);
    await sql`delete from directory.structure where id = 'STR-twin'`.execute(directory);
  });

  test('a site of the directory places it, with the only structure of that site', async () => {
    const cells = { 'Intitulé typologie 1': 'France Travail', 'Site structure 1': 'SITE-ft-62' };
    expect(await placed(cells)).toEqual({
      problems: [],
      concern: {
        network_id: 'NET-france-travail',
        structure_id: null,
        site_id: 'SITE-ft-62',
        structure_label: null,
      },
    });
    expect(await one(sql`select commune_id from testimonies.published_concern`)).toEqual([
      { commune_id: 'COM-62080' },
    ]);
    await insertRows(directory, 'directory.structure_site', [
      {
        structure_id: 'STR-ft-bapaume',
        site_id: 'SITE-ft-62',
        method: 'test',
        confidence: 'CERTAIN',
        import_id: '00000000-0000-4000-8000-000000000000',
      },
    ]);
    await importText(database.url, csv([row(cells)]), { force: true });
    expect(await one(sql`select structure_id from testimonies.concern`)).toEqual([
      { structure_id: 'STR-ft-bapaume' },
    ]);
    // And the other way round: a structure that stands for one place.
    await importText(database.url, csv([row({ 'Intitulé structure 1': 'France Travail Bapaume' })]));
    expect(await one(sql`select site_id from testimonies.concern`)).toEqual([{ site_id: 'SITE-ft-62' }]);
    await sql`delete from directory.structure_site`.execute(directory);
    const other = await importText(database.url, csv([row({ ...cells, 'Site structure 1': 'SITE-caf-62' })]));
    expect(problemsOf(other)).toEqual(['UNKNOWN_SITE NOTICE 2 Site structure 1']);
  });

  test('where no network is known the testimony stays and the rest is kept aside, and placed later', async () => {
    const cells = {
      'Intitulé typologie 1': 'Guichet unique',
      'Intitulé structure 1': 'Guichet de Bapaume',
      'Statut réponse structure 1': 'Réponse publiée',
      'Réponse structure 1': 'Bonjour.',
      'Date de premiere réponse': '2024-03-09',
    };
    const report = await importText(database.url, csv([row(cells)]));
    expect(problemsOf(report)).toEqual(['UNKNOWN_NETWORK NOTICE 2 Intitulé structure 1']);
    expect(report.merge?.details).toMatchObject({ setAside: 1 });
    expect(report.notices).toEqual([expect.stringContaining('lead to no network: 1, kept aside')]);
    expect(await one(sql`select id, answered from testimonies.published_testimony`)).toEqual([
      { id: 'TEM-1', answered: false },
    ]);
    expect(await one(sql`select structure_label, reply from testimonies.unplaced_concern`)).toEqual([
      { structure_label: 'Guichet de Bapaume', reply: 'Bonjour.' },
    ]);
    await insertRows(directory, 'directory.network_alias', [
      { label: 'Guichet unique', network_id: 'NET-caf' },
    ]);
    await importText(database.url, csv([row(cells)]), { force: true });
    expect(await one(sql`select structure_label from testimonies.unplaced_concern`)).toEqual([]);
    expect(await one(sql`select id, answered from testimonies.published_testimony`)).toEqual([
      { id: 'TEM-1', answered: true },
    ]);
    await sql`delete from directory.network_alias where label = 'Guichet unique'`.execute(directory);
  });
});
