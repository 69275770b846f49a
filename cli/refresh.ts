import { refreshAccess } from '../subgraphs/administrations/access/refresh.ts';
import { refreshIndicators } from '../subgraphs/indicators/rollup/refresh.ts';

/** What must be recomputed, in every subgraph, once the directory has moved; figures follow the surroundings. */
export const REFRESHES: readonly ((databaseUrl: string) => Promise<void>)[] = [
  refreshAccess,
  refreshIndicators,
];

/** Runs them all; each costs one statement when nothing moved. */
export async function refreshAll(databaseUrl: string): Promise<void> {
  for (const refresh of REFRESHES) await refresh(databaseUrl);
}
