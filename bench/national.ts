import { readFileSync } from 'node:fs';
import { loadNational } from '../cli/demo/national/load.ts';
import { scaleOf } from '../cli/demo/national/scale.ts';
import { inProcess } from '../cli/in-process.ts';
import { openSubgraphs } from '../cli/subgraphs.ts';
import { startGateway } from '../gateway/server.ts';
import { readConfig } from '../kernel/config.ts';
import { graphAt } from '../test/oracle/ask.ts';
import type { Comparison } from '../test/oracle/compare.ts';
import { openOracle } from '../test/oracle/oracle.ts';
import type { Measure } from './figures.ts';
import { statement } from './statement.ts';
import type { World } from './world.ts';

/** Of the rankings of a country, the first page of every fifth group: storage is compared whole. */
const SAMPLE = { everyGroup: 5, pages: 1 };

/** Units that the graph groups at a time: a fifth of what it may, so that a page does not take seconds. */
const GROUPED = 50_000;

/**
 * Part oracle: a national set, then everything that the hub derives of it against a recomputation in DuckDB.
 * @param sites how large a set to make; null: the database has one
 * @throws Error when one figure differs: the benchmark then ends as failed
 */
export function benchOracle(
  world: World,
  sites: number | null,
  say: (line: string) => void,
): Promise<Measure[]> {
  return world.database('real', async (url) => {
    const measures: Measure[] = [];
    if (sites !== null) {
      const loading = await secondsOf(() => loadNational(url, scaleOf(sites), say));
      measures.push(measure('making the national set', 's', loading));
    }
    measures.push(...(await sizes(url)));
    const comparisons: Comparison[] = [];
    const checking = await secondsOf(async () => comparisons.push(...(await compareAll(url, say))));
    const compared = comparisons.reduce((sum, one) => sum + one.compared, 0);
    const differences = comparisons.reduce((sum, one) => sum + one.differences, 0);
    const found = `${compared.toLocaleString('en')} figures compared, ${differences} differences`;
    say(found);
    if (differences > 0) throw new Error(found);
    return [
      ...measures,
      measure('figures compared with the oracle', 'figures', compared),
      measure('differences', 'figures', differences),
      measure('recomputing and comparing', 's', checking),
    ];
  });
}

async function compareAll(url: string, say: (line: string) => void): Promise<Comparison[]> {
  const graph = await openGraph(url);
  const ask = graphAt(graph.url);
  const oracle = await openOracle(url, say);
  try {
    const parts = [
      () => oracle.withheld(),
      () => oracle.stored(),
      () => oracle.figures(ask),
      () => oracle.units(ask, SAMPLE),
      () => oracle.equality(ask),
      () => oracle.groups(ask, GROUPED),
      () => oracle.series(ask),
      () => oracle.sideBySide(ask),
      () => oracle.networks(ask),
      () => oracle.voices(ask),
    ];
    const all: Comparison[] = [];
    for (const part of parts) {
      const done = await part();
      for (const { what, compared, differences, samples } of done) {
        say(`${what}: ${compared.toLocaleString('en')} compared, ${differences} differences`);
        for (const { side, row } of samples) say(`  ${side} ${row}`);
      }
      all.push(...done);
    }
    return all;
  } finally {
    oracle.close();
    await graph.close();
  }
}

/** The hub in this process, without the limits that keep one caller from asking for everything. */
async function openGraph(url: string): Promise<{ url: string; close(): Promise<void> }> {
  const subgraphs = await openSubgraphs(readConfig({}), url);
  const gateway = await startGateway({
    supergraph: readFileSync(new URL('../schema/supergraph.graphql', import.meta.url), 'utf8'),
    host: '127.0.0.1',
    port: 0,
    inProcess: inProcess(subgraphs),
  });
  const close = async () => {
    await gateway.close();
    for (const subgraph of subgraphs) await subgraph.close();
  };
  return { url: gateway.url, close };
}

async function sizes(url: string): Promise<Measure[]> {
  const [row] = await statement<{ results: number; bytes: number }>(
    url,
    `select (select count(*) from indicators.result where publication_to is null)::float as results,
            pg_database_size(current_database())::float as bytes`,
  );
  return [
    measure('results of the national set', 'results', row?.results ?? 0),
    measure('its database, without the write-ahead log', 'MiB', (row?.bytes ?? 0) / 2 ** 20),
  ];
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

const measure = (what: string, unit: string, value: number): Measure => ({
  part: 'oracle',
  what,
  unit,
  hub: { name: 'hub', rounds: [value] },
});
