import type { Config } from '../kernel/config.ts';
import type { Subgraph } from '../kernel/graphql/subgraph.ts';

type Open = (config: Config, databaseUrl: string) => Promise<Subgraph>;

/**
 * The five subgraphs, in the order in which their schemas are migrated and started. Loaded on demand: a
 * process that serves one does not carry the others.
 */
const SUBGRAPHS = {
  administrations: async () => (await import('../subgraphs/administrations/server.ts')).openAdministrations,
  indicators: async () => (await import('../subgraphs/indicators/server.ts')).openIndicators,
  testimonies: async () => (await import('../subgraphs/testimonies/server.ts')).openTestimonies,
  simplification: async () => (await import('../subgraphs/simplification/server.ts')).openSimplification,
  improvement: async () => (await import('../subgraphs/improvement/server.ts')).openImprovement,
} satisfies Record<string, () => Promise<Open>>;

export type SubgraphName = keyof typeof SUBGRAPHS;

export const SUBGRAPH_NAMES = Object.keys(SUBGRAPHS) as SubgraphName[];

/** Opens one subgraph on a database; it owns its pool until `close()`. */
export async function openSubgraph(
  name: SubgraphName,
  config: Config,
  databaseUrl: string,
): Promise<Subgraph> {
  const open = await SUBGRAPHS[name]();
  return open(config, databaseUrl);
}

/** Opens all five. */
export function openSubgraphs(config: Config, databaseUrl: string): Promise<Subgraph[]> {
  return Promise.all(SUBGRAPH_NAMES.map((name) => openSubgraph(name, config, databaseUrl)));
}
