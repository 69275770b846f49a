import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Command, InvalidArgumentError } from 'commander';
import type { Config } from '../kernel/config.ts';
import { isoDay } from '../kernel/import/columns.ts';
import { connect } from '../kernel/postgres/database.ts';
import { networkNamed } from '../subgraphs/testimonies/export/export.query.ts';
import { exportTestimonies } from '../subgraphs/testimonies/export/export.ts';
import type { TestimoniesDatabase } from '../subgraphs/testimonies/tables.ts';
import { fromCaller } from './caller.ts';
import { withDatabase } from './database.ts';

interface Flags {
  network?: string;
  from?: string;
  to?: string;
  out?: string;
}

/** `hub export testimonies`. Exit code: 0 written; 1 a failure, no such network among them; 2 wrong usage. */
export function exportCommand(config: Config): Command {
  const usage = (error: { exitCode: number }) => process.exit(error.exitCode === 0 ? 0 : 2);
  const command = new Command('export').description('Write published data as open data').exitOverride(usage);
  command
    .command('testimonies')
    .description('Published testimonies as CSV, in the columns of the open-data export')
    .option('--network <network>', 'only those that concern this network (id, code or name)')
    .option('--from <day>', 'first day of publication (YYYY-MM-DD)', day)
    .option('--to <day>', 'last day of publication (YYYY-MM-DD)', day)
    .option('--out <file>', 'where to write; the standard output when omitted', fromCaller)
    .exitOverride(usage)
    .action((flags: Flags) => withDatabase(config, (url) => write(url, flags)));
  return command;
}

/** All pages are of one moment, whatever is published meanwhile. */
async function write(url: string, { network, from, to, out }: Flags): Promise<void> {
  const db = connect<TestimoniesDatabase>(url, 'testimonies', 'public', { max: 1 });
  try {
    await db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute(async (trx) => {
        const id = network === undefined ? null : await networkNamed(trx, network);
        if (network !== undefined && id === null) throw new Error(`no network is called « ${network} »`);
        const filter = { network: id, from: from ?? null, to: to ?? null };
        const text = Readable.from(exportTestimonies(trx, filter));
        if (out === undefined) await pipeline(text, process.stdout, { end: false });
        else await pipeline(text, createWriteStream(out));
      });
  } finally {
    await db.destroy();
  }
}

function day(text: string): string {
  const iso = isoDay(text);
  if (iso === null) throw new InvalidArgumentError('Expected a day such as 2023-10-30.');
  return iso;
}
