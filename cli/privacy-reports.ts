import type { Config } from '../kernel/config.ts';
import { connect } from '../kernel/postgres/database.ts';
import { incomingOf, openStore } from '../subgraphs/simplification/file/store/store.ts';
import { purgeTesters } from '../subgraphs/simplification/panel/panel.query.ts';
import {
  type Eraser,
  eraseReports,
  type ReportErasure,
} from '../subgraphs/simplification/privacy/erase.query.ts';
import { purgeReports, type ReportPurge } from '../subgraphs/simplification/privacy/purge.query.ts';
import { withDatabase } from './database.ts';

/** `hub privacy erase --report REP-…`: forgets what came with reports. */
export const eraseOfReports = (config: Config, reports: readonly string[]): Promise<void> =>
  withDatabase(config, (url) =>
    onReports(config, url, async (eraser) => {
      process.stdout.write(reportErasureText(await eraseReports(eraser, reports)));
    }),
  );

/** The part of `hub privacy purge` that is about reports, and about those who test their rewritings. */
export const purgeOfReports = (config: Config, databaseUrl: string): Promise<void> =>
  onReports(config, databaseUrl, async (eraser) => {
    const { keptDays } = config.files;
    const now = new Date();
    const rules = { keptDays, incoming: incomingOf(config.files), now };
    process.stdout.write(reportPurgeText(await purgeReports(eraser, rules)));
    const testers = await purgeTesters(eraser.owner, now.toISOString().slice(0, 10));
    process.stdout.write(`Erased ${plural(testers, 'tester')} whose three years were over.\n`);
  });

async function onReports(
  { files }: Config,
  databaseUrl: string,
  work: (eraser: Eraser) => Promise<void>,
): Promise<void> {
  const owner: Eraser['owner'] = connect(databaseUrl, 'simplification', 'owner', { max: 1 });
  try {
    await work({ owner, store: openStore(files) });
  } finally {
    await owner.destroy();
  }
}

const plural = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** What an erasure did, by ids and counts. */
function reportErasureText({ reports, files, unknown }: ReportErasure): string {
  const done =
    reports.length === 0
      ? 'Nothing to erase.'
      : `Erased what came with ${plural(reports.length, 'report')}, ${plural(files, 'file')} removed: ${reports.join(' ')}.`;
  const absent = unknown.length === 0 ? '' : `Not here, erased if imported later: ${unknown.join(' ')}.\n`;
  return `${done}\n${absent}`;
}

/** What a purge did. */
const reportPurgeText = ({ reports, files, waiting }: ReportPurge) =>
  `Erased what came with ${plural(reports, 'report')} that ended long ago, ${plural(files, 'file')} removed, ` +
  `and ${plural(waiting, 'file')} that no report took.\n`;
