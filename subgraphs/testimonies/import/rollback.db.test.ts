import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { rollbackImport } from '../../../kernel/import/rollback.ts';
import { anonymise } from '../contact/anonymise.query.ts';
import { csv, importText, row } from '../fixtures/import-text.ts';
import { FULL, importWorld } from '../fixtures/import-world.ts';
import { testimoniesFeeds } from './feeds.ts';

const { database, owner, one, content } = await importWorld();
const FEEDS = new Map(testimoniesFeeds.map((feed) => [feed.name, feed]));

describe('undoing', () => {
  const rollback = (id: string | null) =>
    rollbackImport(FEEDS, 'testimonies', String(id), { databaseUrl: database.url });

  test('a changed testimony is as it was, a new one is gone', async () => {
    await importText(database.url, csv([FULL, row({ 'ID expérience': '2' })]));
    const before = await content();
    const second = await importText(
      database.url,
      csv([
        {
          ...FULL,
          Titre: 'Autrement',
          // Another network under the same reply.
          'Intitulé Typologie 1': 'France Travail',
          'Intitulé structure 1': 'France Travail Bapaume',
          'Réponse structure 1': 'Une autre réponse',
          Relation: '',
          Réactivité: 'Oui',
        },
        row({ 'ID expérience': '2' }),
        row({ 'ID expérience': '3', 'Intitulé Typologie 1': 'Nulle part', Relation: 'Oui' }),
      ]),
    );
    expect(second.merge).toMatchObject({ inserted: 1, updated: 1, unchanged: 1 });
    await rollback(second.importId);
    expect(await content()).toEqual(before);
  });

  test('is refused once something was written over it', async () => {
    const first = await importText(database.url, csv([row()]));
    const second = await importText(database.url, csv([row({ Titre: 'Encore' })]));
    await expect(rollback(first.importId)).rejects.toMatchObject({ extensions: { code: 'CONFLICT' } });
    await sql`update testimonies.testimony set import_id = null`.execute(owner);
    await expect(rollback(second.importId)).rejects.toThrow('TEM-1 was written again since');
  });

  test('and importing again never bring back who asked to be forgotten', async () => {
    const named = row({ 'Pseudonyme usager': 'Zoé' });
    await importText(database.url, csv([named]));
    const second = await importText(database.url, csv([{ ...named, Titre: 'Encore' }]));
    await anonymise(owner, ['TEM-1']);
    const pseudonyms = () => one(sql`select pseudonym from testimonies.testimony`);
    const again = await importText(database.url, csv([{ ...named, Titre: 'Encore' }]), { force: true });
    expect(again.merge).toMatchObject({ unchanged: 1 });
    expect(await pseudonyms()).toEqual([{ pseudonym: null }]);
    await rollback(second.importId);
    expect(await pseudonyms()).toEqual([{ pseudonym: null }]);
    await importText(database.url, csv([{ ...named, Titre: 'Une fois de plus' }]));
    expect(await pseudonyms()).toEqual([{ pseudonym: null }]);
  });
});
