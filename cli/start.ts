import { readFileSync } from 'node:fs';
import closeWithGrace from 'close-with-grace';
import { startGateway } from '../gateway/server.ts';
import type { Config } from '../kernel/config.ts';
import { log } from '../kernel/log.ts';
import { refreshIndicators } from '../subgraphs/indicators/rollup/refresh.ts';
import { welcome } from './banner.ts';
import { loadBundledData } from './bundled.ts';
import { openDatabase } from './database.ts';
import { callerOptions } from './gateway-options.ts';
import { inProcess } from './in-process.ts';
import { OPERATIONS } from './operations.ts';
import { prepareDatabase } from './prepare.ts';
import { openSubgraphs } from './subgraphs.ts';

/** Starts database, data, five subgraphs and the gateway in this process; ends with a signal. */
export async function start(config: Config): Promise<void> {
  const began = Date.now();
  const say = (line: string) =>
    console.log(`${((Date.now() - began) / 1000).toFixed(1).padStart(6)} s  ${line}`);
  say(config.databaseUrl ? 'Using the PostgreSQL of DATABASE_URL' : 'Starting the embedded PostgreSQL');
  const database = await openDatabase(config, say);
  const closing: (() => Promise<void>)[] = [() => database.stop()];
  const close = async () => {
    for (const release of closing.splice(0).reverse()) await release();
  };
  // Registered before the long part, so that Ctrl-C in the middle of the first load stops PostgreSQL too.
  closeWithGrace({ delay: 15_000, logger: false }, async ({ err, signal }) => {
    if (err) log.fatal({ err }, 'stopping after an unexpected error');
    if (signal) console.log('\nStopping.');
    await close();
  });
  try {
    await prepareDatabase(database.url, say);
    await loadBundledData(database.url, config, say);
    // The threshold of small samples may be another one than when the figures were computed.
    await refreshIndicators(database.url, { suppressionThreshold: config.suppressionThreshold });
    const subgraphs = await openSubgraphs(config, database.url);
    closing.push(...subgraphs.map((subgraph) => () => subgraph.close()));
    const callers = await callerOptions(config, database.url, OPERATIONS, true);
    closing.push(() => callers.identity.close());
    const gateway = await startGateway({
      ...callers,
      supergraph: readFileSync(new URL('../schema/supergraph.graphql', import.meta.url), 'utf8'),
      host: config.host,
      port: config.port,
      timeoutMs: config.subgraphTimeoutMs,
      inProcess: inProcess(subgraphs),
    });
    closing.push(() => gateway.close());
    say('Ready');
    console.log(welcome(gateway.url, config));
  } catch (error) {
    await close();
    throw error;
  }
}
