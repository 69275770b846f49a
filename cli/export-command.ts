import { open, rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import type { Config } from '../kernel/config.ts';
import { EXPORT_FORMATS, type ExportFormat, LAYOUTS, type Layout } from '../kernel/export/formats.ts';
import { readRequest } from '../kernel/export/request.ts';
import { openSnapshot, piecesIn, stateIn } from '../kernel/export/rows.ts';
import type { ExportSet } from '../kernel/export/set.ts';
import { EXPORT_SETS } from '../kernel/export/sets.ts';
import { copied, exportBytes, type Written } from '../kernel/export/stream.ts';
import { isoDay } from '../kernel/import/columns.ts';
import { fromCaller } from './caller.ts';
import { withDatabase } from './database.ts';
import { watchExport } from './export-progress.ts';
import { exportSet } from './export-sets.ts';
import { networkNamed } from './network.query.ts';

interface Flags {
  format: ExportFormat;
  layout?: Layout;
  network?: string;
  period?: string;
  from?: string;
  to?: string;
  filter: string[];
  out?: string;
}

/** `hub export <set>`. Exit code: 0 written; 1 a failure, no such network among them; 2 wrong usage. */
export function exportCommand(config: Config): Command {
  return new Command('export')
    .description(
      'Write published data to a file: results, figures, sites, structures, testimonies or reports',
    )
    .addArgument(new Argument('<set>', 'what to export').choices([...EXPORT_SETS.keys()]))
    .addOption(new Option('--format <format>', 'form of the file').choices(EXPORT_FORMATS).default('csv'))
    .addOption(new Option('--layout <layout>', 'columns of the hub, or of the open data').choices(LAYOUTS))
    .option('--network <network>', 'only what is of this network (id, code or name)')
    .option('--period <period>', 'only this period of results and figures (2023, 2023-S1, 2023-T3, 2023-07)')
    .option('--from <when>', 'from this day of publication or receipt on, or from this period on')
    .option('--to <when>', 'up to this day or period')
    .option('--filter <name=value>', 'any filter of the set; may come several times', collected, [])
    .option('--out <file>', 'where to write; the standard output when omitted', fromCaller)
    .exitOverride((error: { exitCode: number }) => process.exit(error.exitCode === 0 ? 0 : 2))
    .action((name: string, flags: Flags) => withDatabase(config, (url) => write(url, name, flags)));
}

/** All rows are of one moment, whatever is published meanwhile. */
async function write(databaseUrl: string, name: string, flags: Flags): Promise<void> {
  const { set, subgraph } = await exportSet(name);
  const snapshot = await openSnapshot(databaseUrl, subgraph, { ahead: true });
  const written: Written = { rows: 0, bytes: 0 };
  let begun = false;
  try {
    const network = flags.network === undefined ? null : await networkNamed(snapshot.db, flags.network);
    if (flags.network !== undefined && network === null)
      throw new Error(`no network is called « ${flags.network} »`);
    const asked = readRequest(set, flags.format, parametersOf(set, flags), network);
    const { version } = await stateIn(snapshot, asked);
    const pieces = await piecesIn(snapshot, asked);
    const bytes = exportBytes(snapshot, asked, pieces, version, written);
    begun = true;
    const stop = watchExport(written, process.stderr);
    try {
      if (flags.out === undefined)
        await pipeline(Readable.from(copied(bytes), { objectMode: false }), process.stdout, { end: false });
      else await writeWhole(bytes, flags.out);
    } finally {
      stop();
    }
  } finally {
    if (!begun) await snapshot.close();
  }
}

/** Under another name until it is complete: what stops in the middle never looks like a file. */
async function writeWhole(blocks: AsyncIterable<Buffer>, path: string): Promise<void> {
  const part = `${path}.part`;
  try {
    const file = await open(part, 'w');
    try {
      // Each block has left before the next one is asked for.
      for await (const block of blocks) await file.writeFile(block);
    } finally {
      await file.close();
    }
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/** Names of the filters that `--from` and `--to` stand for, in the order of preference. */
const BOUNDS = [
  ['from', 'to'],
  ['publishedFrom', 'publishedTo'],
  ['receivedFrom', 'receivedTo'],
] as const;

function parametersOf(set: ExportSet, flags: Flags): URLSearchParams {
  const parameters = new URLSearchParams();
  // The file that this verb has always written.
  const layout = flags.layout ?? (set.name === 'testimonies' && flags.format === 'csv' ? 'open-data' : 'hub');
  parameters.set('layout', layout);
  const [from = 'from', to = 'to'] = BOUNDS.find(([name]) => name in set.filters) ?? [];
  if (flags.period !== undefined) parameters.append('period', flags.period);
  if (flags.from !== undefined) parameters.append(from, whenOf(from, flags.from));
  if (flags.to !== undefined) parameters.append(to, whenOf(to, flags.to));
  for (const filter of flags.filter) {
    const at = filter.indexOf('=');
    parameters.append(filter.slice(0, at), filter.slice(at + 1));
  }
  return parameters;
}

/** French days are understood too. */
const whenOf = (name: string, value: string) =>
  name.endsWith('From') || name.endsWith('To') ? (isoDay(value) ?? value) : value;

function collected(value: string, before: string[]): string[] {
  if (!/^\w+=./.test(value)) throw new InvalidArgumentError('Expected a filter such as territory=DEP-62.');
  return [...before, value];
}
