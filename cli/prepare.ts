import { migrateAll } from '../kernel/postgres/migrate.ts';
import { syncReference as syncAdministrations } from '../subgraphs/administrations/reference/sync.ts';
import { syncReference as syncIndicators } from '../subgraphs/indicators/reference/sync.ts';

/** Brings schemas, roles and reference tables up to date; `report` gets a sentence per step. */
export async function prepareDatabase(url: string, report: (step: string) => void): Promise<void> {
  report('Bringing the schemas up to date');
  await migrateAll(url);
  report('Bringing the reference tables up to date');
  await syncAdministrations(url);
  await syncIndicators(url);
}
