/** Every set and the subgraph that exports it: the gateway passes nothing else on. */
export const EXPORT_SETS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    results: 'indicators',
    figures: 'indicators',
    sites: 'administrations',
    structures: 'administrations',
    testimonies: 'testimonies',
    reports: 'simplification',
  }),
);
