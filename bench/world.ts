import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadBundledData } from '../cli/bundled.ts';
import { importBundled } from '../cli/bundled-file.ts';
import { prepareDatabase } from '../cli/prepare.ts';
import { startEmbeddedPostgres } from '../kernel/postgres/embedded.ts';
import { cogSource } from '../subgraphs/administrations/import/cog.source.ts';
import { makeCountry } from './country.ts';
import { statement } from './statement.ts';

const silent = () => undefined;
const nameOf = (data: string) => `bench_${data.toLowerCase()}`;

/** Data sets that parts start from, each made on a copy of the one before. */
const DATA_SETS = {
  /** Territories and reviewed tables, no site. */
  geography: async (url: string) => {
    await prepareDatabase(url, silent);
    const cog = await cogSource();
    await importBundled(url, { feed: 'cog', name: cog.name, open: () => cog }, silent);
  },
  /** What the hub brings, without the demonstration set. */
  real: (url: string) => loadBundledData(url, { demo: false }, silent),
  /** What `npm start` makes on a fresh machine. */
  started: (url: string) => loadBundledData(url, { demo: true }, silent),
  /** A country whose every site publishes twelve indicators a quarter, for two years. */
  country: (url: string) => makeCountry(url, { everySite: 1, quarters: 8 }),
  /** The same of every fifth site, a tenth of that, and five times as many quarters. */
  growthOnce: (url: string) => makeCountry(url, { everySite: 5, quarters: 8 }),
  growthTenth: (url: string) => makeCountry(url, { everySite: 50, quarters: 8 }),
  growthFivefold: (url: string) => makeCountry(url, { everySite: 5, quarters: 40 }),
};
export type DataSet = keyof typeof DATA_SETS;
const BEFORE: Partial<Record<DataSet, DataSet>> = {
  real: 'geography',
  started: 'real',
  country: 'started',
  growthOnce: 'started',
  growthTenth: 'started',
  growthFivefold: 'started',
};

/** An embedded PostgreSQL of its own, as durable as the hub's, in a temporary folder. */
export interface World {
  /** For files of the run; removed with the rest. */
  folder: string;
  /** A fresh copy of a data set, dropped after the work. */
  database<T>(data: DataSet, work: (url: string) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** A database that is there already, for every part that only reads. @param url whoever may add views to it */
export function givenWorld(url: string): World {
  const folder = mkdtempSync(join(tmpdir(), 'hub-bench-'));
  return {
    folder,
    database: (_data, work) => work(url),
    close: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

export async function openWorld(say: (line: string) => void): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'hub-bench-'));
  chmodSync(folder, 0o755);
  const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres') });
  const made = new Set<DataSet>();
  const urlOf = (name: string) => Object.assign(new URL(postgres.url), { pathname: `/${name}` }).href;
  const copy = async (name: string, from: string) => {
    await statement(postgres.url, `create database ${name} template ${from} strategy file_copy`);
    return urlOf(name);
  };
  const make = async (data: DataSet): Promise<void> => {
    if (made.has(data)) return;
    const before = BEFORE[data];
    if (before) await make(before);
    say(`preparing the data set "${data}"`);
    const url = await copy(nameOf(data), before ? nameOf(before) : 'template1');
    await DATA_SETS[data](url);
    await statement(url, 'vacuum analyze');
    made.add(data);
  };
  let copies = 0;
  return {
    folder,
    database: async (data, work) => {
      await make(data);
      copies += 1;
      const name = `bench_copy_${copies}`;
      const url = await copy(name, nameOf(data));
      try {
        return await work(url);
      } finally {
        await statement(postgres.url, `drop database ${name} with (force)`);
      }
    },
    close: async () => {
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
