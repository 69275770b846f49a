import type { Kysely } from 'kysely';
import { type BundledFile, importBundled } from '../bundled-file.ts';
import { dayAfter } from './calendar.ts';
import { DEMO_NETWORKS } from './catalogue.ts';
import { demoDocuments, documentRows } from './documents.ts';
import { type CsvRow, demoFile } from './files.ts';
import { demoGovernance, GOVERNANCE_FILES } from './governance-files.ts';
import { demoDiagnoses, demoPlans, impactRows, labelRows, planRows } from './improvement.ts';
import { actionRows, gapRows } from './improvement-actions.ts';
import { type DemoPlace, demoPlaces } from './places.ts';
import { demoRegisters, REGISTER_FILES } from './register-files.ts';
import { demoReports } from './reports.ts';
import { demoRewrites } from './rewrites.ts';
import { demoSessions } from './sessions.ts';

const NETWORKS = DEMO_NETWORKS.map(({ id }) => id);
const CODES = NETWORKS.map((id) => id.slice('NET-'.length));

/**
 * Every row of the demonstration set about complex documents and improvement, by feed, in the order of their loading.
 * The same places and the same day always give the same rows; the files are made one after the other, when read.
 * @param lastDay ISO day that nothing is told after
 */
export const demoActions = (
  places: readonly DemoPlace[],
  lastDay: string,
): Readonly<Record<string, () => Iterable<CsvRow>>> => {
  const plans = () => demoPlans(CODES, places, lastDay);
  return {
    documents: () => documentRows(demoDocuments(CODES)),
    reports: () => demoReports(places, demoDocuments(CODES), lastDay),
    rewrites: () => demoRewrites(demoReports(places, demoDocuments(CODES), lastDay)),
    'test-sessions': () => demoSessions(demoReports(places, demoDocuments(CODES), lastDay)),
    'self-diagnoses': () => demoDiagnoses(places, lastDay),
    'action-plans': () => planRows(plans()),
    actions: () => actionRows(plans(), lastDay),
    gaps: () => gapRows(demoDiagnoses(places, lastDay), plans()),
    labels: () => labelRows(places, lastDay),
    impacts: () => impactRows(plans(), lastDay),
    ...demoGovernance(places, lastDay),
    ...demoRegisters(CODES, places, lastDay),
  };
};

const FILES = {
  documents: 'documents',
  reports: 'signalements',
  rewrites: 'avant-apres',
  'test-sessions': 'essais',
  'self-diagnoses': 'autodiagnostics',
  'action-plans': 'plans-action',
  actions: 'actions',
  gaps: 'ecarts',
  labels: 'labels',
  impacts: 'impacts',
  ...GOVERNANCE_FILES,
  ...REGISTER_FILES,
} as const;

/** The day before today: one that has not come in Paris would be refused. */
export const demoLastDay = (): string => dayAfter(new Date().toISOString().slice(0, 10), -1);

/** The real sites of the networks of the demonstration set. */
export const actionPlaces = (db: Kysely<object>): Promise<DemoPlace[]> => demoPlaces(db, NETWORKS);

/** Imports them over the two years before today; files that the journal knows are not made again. */
export async function loadActions(
  databaseUrl: string,
  db: Kysely<object>,
  report: (step: string) => void,
): Promise<void> {
  const lastDay = demoLastDay();
  let places: Promise<DemoPlace[]> | undefined;
  for (const [feed, name] of Object.entries(FILES)) {
    const rows = async () => {
      places ??= actionPlaces(db);
      return demoActions(await places, lastDay)[feed]?.() ?? [];
    };
    const open: BundledFile['open'] = async () =>
      demoFile(feed, `demonstration-${name}.csv`, await rows()).open();
    await importBundled(databaseUrl, { ...demoFile(feed, `demonstration-${name}.csv`, []), open }, report);
  }
}
