import { runImport } from '../kernel/import/run.ts';
import type { ImportSource } from '../kernel/import/workspace.ts';
import { connect } from '../kernel/postgres/database.ts';
import { FEEDS } from './feeds.ts';

/** One file that comes with the hub. */
export interface BundledFile {
  feed: string;
  /** Name in the journal; a file that stands there is not imported again, even after a rollback. */
  name: string;
  open(): ImportSource | Promise<ImportSource>;
  source?: string;
  licence?: string;
  publishedOn?: string;
}

/** Imports one bundled file unless the journal knows it. */
export async function importBundled(
  databaseUrl: string,
  { feed: feedName, name, open, source, licence, publishedOn }: BundledFile,
  report: (step: string) => void,
): Promise<void> {
  const feed = FEEDS.get(feedName);
  if (!feed) throw new Error(`There is no feed "${feedName}".`);
  if (await isKnown(databaseUrl, feed.subgraph, feedName, name)) return;
  const { counts, state, refusal, problems } = await runImport(feed, await open(), {
    databaseUrl,
    ...(source && { source }),
    ...(licence && { licence }),
    ...(publishedOn && { publishedOn }),
  });
  if (state === 'REFUSED' || counts.rejected > 0) {
    const [first] = problems.flatMap(({ samples }) => samples);
    const reason = first ? `line ${first.line}, ${first.column}: ${first.message}` : refusal?.message;
    throw new Error(`The bundled file ${name} was refused: ${reason}`);
  }
  report(`${name}: ${counts.accepted.toLocaleString('en')} rows (${feedName})`);
}

/** The journal of a subgraph has a publication of this file, undone or not. */
export async function isKnown(url: string, subgraph: string, feed: string, name: string): Promise<boolean> {
  const db = connect<{ import: { feed: string; file_name: string; state: string } }>(url, subgraph, 'owner', {
    max: 1,
  });
  try {
    const entry = await db
      .selectFrom('import')
      .select('state')
      .where('feed', '=', feed)
      .where('file_name', '=', name)
      .where('state', 'in', ['PUBLISHED', 'ROLLED_BACK'])
      .limit(1)
      .executeTakeFirst();
    return entry !== undefined;
  } finally {
    await db.destroy();
  }
}
