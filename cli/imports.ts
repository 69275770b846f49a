import { Command, InvalidArgumentError } from 'commander';
import type { Kysely } from 'kysely';
import type { Config } from '../kernel/config.ts';
import { HubError } from '../kernel/errors.ts';
import { findEntries, ID_CHARACTERS, listEntries, recoverStale } from '../kernel/import/entries.ts';
import type { ImportEntry } from '../kernel/import/journal.ts';
import { rollbackImport } from '../kernel/import/rollback.ts';
import { connect } from '../kernel/postgres/database.ts';
import { type ImportSetup, importSetup } from './import-setup.ts';

/** `imports list` and `imports rollback <id>`. Exit code: 0 done; 1 refused (conflict, unknown import); 2 wrong usage. */
export function importsCommand(config: Config, setup: ImportSetup = importSetup(config)): Command {
  const usage = (error: { exitCode: number }) => process.exit(error.exitCode === 0 ? 0 : 2);
  const imports = new Command('imports').description('Imports made so far').exitOverride(usage);
  imports
    .command('list')
    .description('latest imports first')
    .option('--limit <n>', 'how many', atLeastOne, 20)
    .option('--json', 'print them as JSON')
    .exitOverride(usage)
    .action((flags: { limit: number; json?: true }) => list(setup, flags));
  imports
    .command('rollback')
    .description('undo a published import: the previous version is served again')
    .argument('<id>', `id of the import, or its first ${ID_CHARACTERS} characters or more`, idBeginning)
    .exitOverride(usage)
    .action(async (id: string) => {
      process.exitCode = await rollback(setup, id);
    });
  return imports;
}

const subgraphsOf = ({ feeds }: ImportSetup) => [
  ...new Set([...feeds.values()].map(({ subgraph }) => subgraph)),
];

async function withJournal<T>(
  databaseUrl: string,
  subgraph: string,
  work: (db: Kysely<object>) => Promise<T>,
): Promise<T> {
  const db = connect<object>(databaseUrl, subgraph, 'owner', { max: 1 });
  try {
    await recoverStale(db);
    return await work(db);
  } finally {
    await db.destroy();
  }
}

async function list(setup: ImportSetup, { limit, json }: { limit: number; json?: true }): Promise<void> {
  const { databaseUrl, close } = await setup.connect();
  try {
    const all = await Promise.all(
      subgraphsOf(setup).map((name) => withJournal(databaseUrl, name, (db) => listEntries(db, limit))),
    );
    const latest = all
      .flat()
      .sort((a, b) => b.started_at.getTime() - a.started_at.getTime())
      .slice(0, limit);
    process.stdout.write(json ? `${JSON.stringify(latest, null, 2)}\n` : latest.map(formatEntry).join(''));
  } finally {
    await close();
  }
}

/** One import, on two lines. */
export function formatEntry(entry: ImportEntry): string {
  const number = entry.publication === null ? '' : ` as number ${entry.publication}`;
  const source = [entry.source, entry.licence, entry.published_on].filter((part) => part !== null).join(', ');
  const what = entry.kind === 'ROLLBACK' ? 'rollback of ' : '';
  return (
    `${entry.id}  ${entry.started_at.toISOString()}  ${what}${entry.feed} ${entry.state}${number}\n` +
    `    ${entry.file_name} (${entry.bytes} bytes, sha256 ${entry.sha256.slice(0, 12)}…)` +
    `${source === '' ? '' : ` · ${source}`} · ${entry.accepted} of ${entry.rows_read} rows` +
    `${entry.reason === null ? '' : ` · ${entry.reason}`}\n`
  );
}

async function rollback(setup: ImportSetup, id: string): Promise<number> {
  const { databaseUrl, close } = await setup.connect();
  try {
    const found = await candidates(setup, databaseUrl, id);
    const [only] = found;
    if (only === undefined || found.length > 1) {
      process.stderr.write(only === undefined ? `no import begins with ${id}\n` : severalText(id, found));
      return 1;
    }
    const log = (message: string) => process.stderr.write(`${message}\n`);
    const { undone, publication } = await rollbackImport(setup.undoable, only.subgraph, only.entry.id, {
      databaseUrl,
      log,
    });
    process.stdout.write(
      `${undone.feed} · ${undone.file_name}: undone, published as number ${publication}\n`,
    );
    if (setup.feeds.get(undone.feed)?.touchesDirectory) {
      for (const refresh of setup.refreshes) await refresh(databaseUrl);
    }
    return 0;
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    process.stderr.write(`${error.code}: ${error.message}\n`);
    return 1;
  } finally {
    await close();
  }
}

interface Candidate {
  subgraph: string;
  entry: ImportEntry;
}

/** Imports of any subgraph whose id begins so. */
async function candidates(setup: ImportSetup, databaseUrl: string, id: string): Promise<Candidate[]> {
  const found: Candidate[] = [];
  for (const subgraph of subgraphsOf(setup)) {
    const entries = await withJournal(databaseUrl, subgraph, (db) => findEntries(db, id));
    found.push(...entries.map((entry) => ({ subgraph, entry })));
  }
  return found;
}

const severalText = (id: string, found: readonly Candidate[]) =>
  `several imports begin with ${id}, say more of the id:\n${found.map(({ entry }) => formatEntry(entry)).join('')}`;

function idBeginning(text: string): string {
  if (!/^[0-9a-f-]+$/i.test(text) || text.length < ID_CHARACTERS) {
    throw new InvalidArgumentError(`Expected the first ${ID_CHARACTERS} characters of an id at least.`);
  }
  return text;
}

function atLeastOne(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError('Expected a whole number from 1.');
  return value;
}
