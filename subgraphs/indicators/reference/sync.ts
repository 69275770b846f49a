import { createHash, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Kysely, Transaction } from 'kysely';
import { finishEntry, nextPublication, startEntry } from '../../../kernel/import/entries.ts';
import { lockTransaction, publicationLock } from '../../../kernel/import/locks.ts';
import { connect } from '../../../kernel/postgres/database.ts';
import type { IndicatorsTables } from '../tables.ts';
import { putCoreMap } from './core-map.ts';
import { putDefinitions } from './definitions.ts';
import { putTargets } from './targets.ts';

type Put = (trx: Transaction<IndicatorsTables>, csv: string, importId: string) => Promise<number>;

/** The reviewed tables of the team, in the order in which they refer to one another. */
const FILES: readonly { name: string; put: Put }[] = [
  { name: 'indicators-core.csv', put: putDefinitions },
  { name: 'indicators-procedures.csv', put: putDefinitions },
  { name: 'indicators-national.csv', put: putDefinitions },
  { name: 'indicators-networks.csv', put: putDefinitions },
  { name: 'indicators-core-map.csv', put: putCoreMap },
  { name: 'indicators-targets.csv', put: putTargets },
];

const FOLDER = new URL('../../../data/reference/', import.meta.url);

/**
 * Loads the reviewed tables that changed since they were last loaded; each is one import of the journal (feed
 * `reference`), so that a definition says which file it comes from.
 */
export async function syncReference(databaseUrl: string): Promise<void> {
  const db = connect<IndicatorsTables>(databaseUrl, 'indicators', 'owner', { max: 1 });
  try {
    for (const file of FILES) {
      await syncFile(db, file.name, await readFile(new URL(file.name, FOLDER)), file.put);
    }
  } finally {
    await db.destroy();
  }
}

async function syncFile(db: Kysely<IndicatorsTables>, name: string, bytes: Buffer, put: Put): Promise<void> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if ((await loadedVersion(db, name)) === sha256) return;
  await db.transaction().execute(async (trx) => {
    await lockTransaction(trx, publicationLock('indicators'));
    if ((await loadedVersion(trx, name)) === sha256) return;
    const publication = await nextPublication(trx);
    const id = randomUUID();
    await startEntry(trx, {
      id,
      kind: 'IMPORT',
      feed: 'reference',
      scope: name,
      fileName: name,
      sha256,
      bytes: bytes.length,
      options: {},
      source: "Services Publics+ Hub, table relue par l'équipe",
      licence: 'Licence Ouverte 2.0',
      publishedOn: null,
    });
    const rows = await put(trx, bytes.toString('utf8'), id);
    const counts = { read: rows, accepted: rows, rejected: 0, quarantined: 0, notices: 0 };
    await finishEntry(trx, id, 'PUBLISHED', counts, { publication });
  });
}

async function loadedVersion(db: Kysely<IndicatorsTables>, name: string): Promise<string | undefined> {
  const entry = await db
    .selectFrom('indicators.import')
    .select('sha256')
    .where('feed', '=', 'reference')
    .where('scope', '=', name)
    .where('state', '=', 'PUBLISHED')
    .orderBy('publication', 'desc')
    .limit(1)
    .executeTakeFirst();
  return entry?.sha256;
}
