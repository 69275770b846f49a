import { refreshIndicators } from '../subgraphs/indicators/rollup/refresh.ts';

/** What must be recomputed, in every subgraph, once the directory has moved. */
export const REFRESHES: readonly ((databaseUrl: string) => Promise<void>)[] = [refreshIndicators];
