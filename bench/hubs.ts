import { SUBGRAPH_NAMES } from '../cli/subgraphs.ts';
import { type Child, runHub } from './processes.ts';

/** A hub that answers, and the processes that it is made of. */
export interface Hub {
  name: string;
  /** Root address of its gateway. */
  url: string;
  /** CPU that its processes have used so far, in milliseconds. */
  cpuMs(): Promise<number>;
}

const LOOPBACK = { HOST: '127.0.0.1' };

/** A hub, or what stands in its place, made of these processes. */
export const hubOf = (name: string, url: string, children: readonly Child[]): Hub => ({
  name,
  url,
  cpuMs: async () => {
    const usages = await Promise.all(children.map((child) => child.usage()));
    return usages.reduce((sum, { cpuMs }) => sum + cpuMs, 0);
  },
});

/** Whether a hub keeps answers, as it does by default, or computes each of them. */
export type Keeping = 'computed' | 'kept';

/** One address asks so often that it would be refused: rates and costs are counted as ever, and never reached. */
const NO_LIMIT = { HUB_RATE_ADDRESS: '100000000', HUB_COST_PER_MINUTE: '1000000000000' };

/** Settings of a measure. */
const SETTINGS: Readonly<Record<Keeping, Record<string, string>>> = {
  computed: { ...NO_LIMIT, HUB_ANSWER_CACHE_MB: '0' },
  kept: NO_LIMIT,
};

/** Gateway and five subgraphs in one process, as `npm start` runs them. */
export async function startTogether(databaseUrl: string, keeping: Keeping = 'computed'): Promise<Hub> {
  const environment = { ...LOOPBACK, ...SETTINGS[keeping], DATABASE_URL: databaseUrl, PORT: '0' };
  const child = runHub(['start'], environment);
  const [, url = ''] = await child.printed(/GraphQL\s+(\S+)\/graphql/);
  return hubOf('one process', url, [child]);
}

/** The same hub as six processes that speak HTTP. */
export async function startApart(databaseUrl: string): Promise<Hub> {
  const address = async (child: Child) => (await child.printed(/answers at (\S+)\/graphql/))[1] ?? '';
  const urls: Record<string, string> = {};
  const children = await Promise.all(
    SUBGRAPH_NAMES.map(async (name) => {
      const environment = { ...LOOPBACK, DATABASE_URL: databaseUrl };
      const child = runHub(['serve', 'subgraph', name, '--port', '0'], environment);
      urls[`HUB_SUBGRAPH_URL_${name.toUpperCase()}`] = `${await address(child)}/graphql`;
      return child;
    }),
  );
  const gateway = runHub(['serve', 'gateway', '--port', '0'], {
    ...LOOPBACK,
    ...SETTINGS.computed,
    ...urls,
    DATABASE_URL: databaseUrl,
  });
  return hubOf('six processes', await address(gateway), [...children, gateway]);
}
