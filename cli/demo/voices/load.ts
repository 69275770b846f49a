import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type QueryExecutorProvider, sql } from 'kysely';
import type pg from 'pg';
import { from } from 'pg-copy-streams';
import { finishEntry, nextPublication, startEntry } from '../../../kernel/import/entries.ts';
import { lockTransaction, publicationLock } from '../../../kernel/import/locks.ts';
import { dedicated } from '../../../kernel/postgres/dedicated.ts';
import { DEMONSTRATION } from '../files.ts';
import { VOICE_TABLES } from './tables.ts';
import { TAG_IDS, type Told, voiceOf } from './voice.ts';

/** What the journal knows them as: no feed has this name, so that nobody undoes a million testimonies by mistake. */
export const VOICES_FEED = 'demonstration';

/** Testimonies to make, always the same ones. */
export interface Voices {
  /** Name in the journal. */
  name: string;
  count: number;
  places: readonly Told[];
}

/**
 * Fills a database with that many invented testimonies, in one transaction with its entry in the journal. They go by
 * COPY into the tables themselves, and what follows each write is put aside meanwhile and made once at the end: the
 * feed `testimonies`, made for files of people, takes ten times as long.
 */
export async function loadVoices(
  databaseUrl: string,
  voices: Voices,
  say: (line: string) => void,
): Promise<void> {
  const { db, client, close } = await dedicated<object>(databaseUrl, 'testimonies', 'owner');
  try {
    await db.transaction().execute(async (trx) => {
      await lockTransaction(trx, publicationLock('testimonies'));
      const importId = await begin(trx, voices);
      const restore = await putAside(trx);
      for (const table of Object.keys(VOICE_TABLES)) {
        await copyVoices(client, table, voices, importId);
        say(`${table} of ${voices.count.toLocaleString('en')} testimonies`);
      }
      await restore();
      say('what testimonies are searched by');
      const counts = { read: voices.count, accepted: voices.count, rejected: 0, quarantined: 0, notices: 0 };
      await finishEntry(trx, importId, 'PUBLISHED', counts, { publication: await nextPublication(trx) });
    });
    for (const table of [...Object.keys(VOICE_TABLES), 'entry', 'entry_place']) {
      await sql`vacuum analyze testimonies.${sql.id(table)}`.execute(db);
    }
  } finally {
    await close();
  }
}

async function begin(trx: QueryExecutorProvider, { name }: Voices): Promise<string> {
  const id = randomUUID();
  await startEntry(trx, {
    id,
    kind: 'IMPORT',
    feed: VOICES_FEED,
    scope: 'all',
    fileName: name,
    sha256: '',
    bytes: 0,
    options: {},
    source: DEMONSTRATION.source,
    licence: DEMONSTRATION.licence,
    publishedOn: null,
  });
  await sql`
    insert into testimonies.tag (id, label) select id, id from unnest(${[...TAG_IDS]}::text[]) as t (id)
    on conflict do nothing`.execute(trx);
  return id;
}

/** Triggers and the index of words, until the rows are there; gives what puts them back. */
async function putAside(trx: QueryExecutorProvider): Promise<() => Promise<void>> {
  const { rows } = await sql<{ definition: string }>`
    select pg_get_indexdef('testimonies.entry_words'::regclass) as definition`.execute(trx);
  const triggers = async (what: 'disable' | 'enable') => {
    for (const table of Object.keys(VOICE_TABLES)) {
      await sql`alter table testimonies.${sql.id(table)} ${sql.raw(what)} trigger user`.execute(trx);
    }
  };
  await triggers('disable');
  await sql`drop index testimonies.entry_words`.execute(trx);
  return async () => {
    await sql`set local work_mem = '256MB'`.execute(trx);
    await sql`set local maintenance_work_mem = '512MB'`.execute(trx);
    await triggers('enable');
    await sql`
      select testimonies.write_entries(array(
        select t.id from testimonies.testimony t
         where not exists (select from testimonies.entry e where e.testimony_id = t.id)))`.execute(trx);
    await sql`${sql.raw(rows[0]?.definition ?? '')}`.execute(trx);
    // Samples of words would outlive a text that is erased, as the migration that made the index says.
    await sql`alter index testimonies.entry_words alter column 1 set statistics 0`.execute(trx);
  };
}

/** One table at a time, each from its own pass: nothing is kept in memory, and what rows refer to is there. */
async function copyVoices(client: pg.Client, table: string, voices: Voices, importId: string): Promise<void> {
  const columns = VOICE_TABLES[table]?.columns ?? '';
  const stream = client.query(from(`copy testimonies.${table} (${columns}) from stdin`));
  await pipeline(Readable.from(blocks(table, voices, importId)), stream);
}

function* blocks(table: string, { count, places }: Voices, importId: string): Generator<string> {
  let block = '';
  for (let number = 0; number < count; number += 1) {
    block += VOICE_TABLES[table]?.lines(voiceOf(number, count, places), importId) ?? '';
    if (block.length < 1 << 16) continue;
    yield block;
    block = '';
  }
  yield block;
}
