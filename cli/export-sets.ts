import type { ExportSet } from '../kernel/export/set.ts';
import { EXPORT_SETS } from '../kernel/export/sets.ts';

const LOAD: Readonly<Record<string, () => Promise<readonly ExportSet[]>>> = {
  administrations: async () =>
    (await import('../subgraphs/administrations/export/sets.ts')).administrationsExports,
  indicators: async () => (await import('../subgraphs/indicators/export/sets.ts')).indicatorsExports,
  testimonies: async () => [
    (await import('../subgraphs/testimonies/export/testimonies.export.ts')).testimoniesExport,
  ],
  simplification: async () => [
    (await import('../subgraphs/simplification/export/reports.export.ts')).reportsExport,
  ],
};

/** A set by its name, and the subgraph that exports it. @throws Error when there is none */
export async function exportSet(name: string): Promise<{ set: ExportSet; subgraph: string }> {
  const subgraph = EXPORT_SETS.get(name);
  const sets = subgraph === undefined ? [] : ((await LOAD[subgraph]?.()) ?? []);
  const set = sets.find((each) => each.name === name);
  if (subgraph === undefined || set === undefined) throw new Error(`nothing is exported as « ${name} »`);
  return { set, subgraph };
}
