import { Command } from 'commander';
import { type Kysely, sql } from 'kysely';
import type { Config } from '../kernel/config.ts';
import { connect } from '../kernel/postgres/database.ts';
import { publishWaiting } from '../subgraphs/indicators/survey/publish.ts';
import { withDatabase } from './database.ts';
import { usage } from './grant-options.ts';

interface Flags {
  network?: string;
}

/** `surveys status`, `surveys publish`: answers that came through the graph and wait. Exit code: 0 done; 2 wrong usage. */
export function surveysCommand(config: Config): Command {
  const surveys = new Command('surveys')
    .description('Answers to surveys that came through the graph and wait to be published')
    .exitOverride(usage);
  const verb = (name: string, description: string, run: (flags: Flags) => Promise<void>) =>
    surveys
      .command(name)
      .description(description)
      .option('--network <id>', 'of this network only, NET-…')
      .exitOverride(usage)
      .action(run);
  verb('status', 'how many wait, by network', ({ network }) =>
    onAnswers(config, async (owner) => {
      const rows = await waitingNetworks(owner, network);
      process.stdout.write(
        rows.length === 0
          ? 'No answer waits.\n'
          : rows.map(({ network_id, waiting }) => `${network_id}: ${waiting} waiting\n`).join(''),
      );
    }),
  );
  verb('publish', 'count and publish what waits, one publication for each network', ({ network }) =>
    onAnswers(config, async (owner) => {
      const rows = await waitingNetworks(owner, network);
      if (rows.length === 0) process.stdout.write('No answer waits.\n');
      for (const { network_id } of rows) {
        const done = await owner.transaction().execute((trx) => publishWaiting(trx, network_id));
        process.stdout.write(
          done === null
            ? `${network_id}: nothing to count, the results were published otherwise\n`
            : `${network_id}: ${done.answers} answers published as number ${done.publication}, ` +
                `${done.results} results new or changed, ${done.left} left\n`,
        );
      }
    }),
  );
  return surveys;
}

/** Networks with answers that wait. */
async function waitingNetworks(
  owner: Kysely<unknown>,
  network: string | undefined,
): Promise<{ network_id: string; waiting: string }[]> {
  const { rows } = await sql<{ network_id: string; waiting: string }>`
    select network_id, count(*) as waiting from indicators.survey_answer
     where import_id is null and network_id = coalesce(${network ?? null}, network_id) group by 1 order by 1`.execute(
    owner,
  );
  return rows;
}

const onAnswers = (config: Config, work: (owner: Kysely<unknown>) => Promise<void>): Promise<void> =>
  withDatabase(config, async (url) => {
    const owner = connect<unknown>(url, 'indicators', 'owner', { max: 1 });
    try {
      await work(owner);
    } finally {
      await owner.destroy();
    }
  });
