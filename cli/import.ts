import { statSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import type { Config } from '../kernel/config.ts';
import { isoDay } from '../kernel/import/columns.ts';
import type { Feed } from '../kernel/import/feed.ts';
import { runImport } from '../kernel/import/run.ts';
import type { RunOptions } from '../kernel/import/run-options.ts';
import type { ImportSource } from '../kernel/import/workspace.ts';
import { forCaller, fromCaller } from './caller.ts';
import { type ImportSetup, importSetup } from './import-setup.ts';
import { progressBar } from './progress.ts';
import { formatReport } from './report.ts';

interface Flags {
  dryRun?: true;
  acceptRejects?: true;
  force?: true;
  json?: true;
  source?: string;
  licence?: string;
  publishedOn?: string;
  rejectsDir: string;
  period?: string;
  network?: string;
  option: Record<string, string>;
}

/**
 * `import <feed> [file]`; a file named `-` is the standard input, a feed that the hub brings needs none.
 * Exit code: 0 published, already imported or dry run that would be published; 1 refused; 2 wrong usage.
 */
export function importCommand(config: Config, setup: ImportSetup = importSetup(config)): Command {
  const list = [...setup.feeds.values()].map(
    ({ name, description }) => `  ${name.padEnd(20)} ${description}`,
  );
  const brought = [...setup.brought.keys()].join(', ');
  return new Command('import')
    .description('Import a file; nothing is visible before the whole file is accepted')
    .argument('<feed>', 'what the file is, see below')
    .argument(
      '[file]',
      `CSV or JSON, gzip or not; - for the standard input; none for what the hub brings (${brought})`,
    )
    .option('--dry-run', 'show the report of the import without keeping anything')
    .option('--accept-rejects', 'publish the good rows even if some are rejected')
    .option('--force', 'import again a file that is already published')
    .option('--period <period>', 'period of the results, where the file has none (2023, 2023-S1, 2023-07)')
    .option('--network <network>', 'network that the file is about (id, code or name)')
    .option('--option <name=value>', 'other option of the feed (repeatable)', nameAndValue, {})
    .option('--source <name>', 'who published the file')
    .option('--licence <name>', 'licence of the file')
    .option('--published-on <day>', 'day on which the source published it (YYYY-MM-DD)', day)
    .option('--rejects-dir <folder>', 'where to write the rejected and quarantined rows', '.')
    .option('--json', 'print the report as JSON')
    .addHelpText('after', `\nFeeds:\n${list.join('\n')}`)
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
    .action(async (name: string, file: string | undefined, flags: Flags, command: Command) => {
      const feed = setup.feeds.get(name);
      if (feed === undefined) {
        command.error(
          `error: unknown feed "${name}", expected one of: ${[...setup.feeds.keys()].join(', ')}`,
        );
      }
      // Asked before a database is started for it.
      const source = await sourceOf(setup, feed, file);
      if (source === null) {
        command.error(file === undefined ? 'error: a file is needed' : `error: no such file: ${file}`);
      }
      process.exitCode = await importFile(setup, feed, source, flags);
    });
}

/** What to read: the named file, the standard input, or what the hub brings; null when there is nothing. */
async function sourceOf(
  { brought }: ImportSetup,
  feed: Feed,
  file: string | undefined,
): Promise<ImportSource | null> {
  if (file === '-') return { name: 'standard input', stream: process.stdin };
  const own = brought.get(feed.name);
  if (file === undefined) return own === undefined ? null : own();
  const path = fromCaller(file);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory() && own !== undefined) return own(path);
  return found === undefined ? null : path;
}

async function importFile(
  setup: ImportSetup,
  feed: Feed,
  source: ImportSource,
  flags: Flags,
): Promise<number> {
  const { databaseUrl, close } = await setup.connect();
  const bar = progressBar(process.stderr);
  try {
    const { rejectsFile, ...done } = await runImport(feed, source, {
      ...runOptions(flags),
      databaseUrl,
      onProgress: bar.update,
      log: (message) => process.stderr.write(`${message}\n`),
    });
    const report = { ...done, rejectsFile: rejectsFile === null ? null : forCaller(rejectsFile) };
    bar.stop();
    process.stdout.write(flags.json ? `${JSON.stringify(report, null, 2)}\n` : formatReport(report));
    if (report.state === 'PUBLISHED' && feed.touchesDirectory) {
      for (const refresh of setup.refreshes) await refresh(databaseUrl);
    }
    if (report.refusal?.code === 'BAD_OPTION' || report.refusal?.code === 'NO_FILE') return 2;
    return report.state === 'REFUSED' ? 1 : 0;
  } finally {
    bar.stop();
    await close();
  }
}

function runOptions(flags: Flags): Omit<RunOptions, 'databaseUrl'> {
  const { dryRun, acceptRejects, force, source, licence, publishedOn, rejectsDir, period, network } = flags;
  const options = { ...flags.option, ...(period && { period }), ...(network && { network }) };
  return {
    options,
    rejectsDir: fromCaller(rejectsDir),
    ...(dryRun && { dryRun }),
    ...(acceptRejects && { acceptRejects }),
    ...(force && { force }),
    ...(source && { source }),
    ...(licence && { licence }),
    ...(publishedOn && { publishedOn }),
  };
}

function nameAndValue(text: string, previous: Record<string, string>): Record<string, string> {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('Expected name=value.');
  return { ...previous, [text.slice(0, at)]: text.slice(at + 1) };
}

function day(text: string): string {
  const iso = isoDay(text);
  if (iso === null) throw new InvalidArgumentError('Expected a day such as 2023-10-30.');
  return iso;
}
