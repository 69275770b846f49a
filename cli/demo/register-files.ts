import type { CsvRow } from './files.ts';
import type { DemoPlace } from './places.ts';
import { bodyRows, ecoRows, errorRows, practiceRows, reuseRows } from './registers.ts';
import { trainingRows } from './training.ts';

/** Rows of the registers of improvement, by feed, in the order of their loading. */
export const demoRegisters = (networks: readonly string[], places: readonly DemoPlace[], lastDay: string) =>
  ({
    'frequent-errors': () => errorRows(lastDay),
    'good-practices': () => practiceRows(networks, places, lastDay),
    'practice-reuses': () => reuseRows(networks, places, lastDay),
    'listening-bodies': () => bodyRows(networks, places, lastDay),
    'training-counts': () => trainingRows(networks, places, lastDay),
    'eco-measures': () => ecoRows(places, lastDay),
  }) satisfies Readonly<Record<string, () => Iterable<CsvRow>>>;

/** Names of their files. */
export const REGISTER_FILES = {
  'frequent-errors': 'erreurs-frequentes',
  'good-practices': 'bonnes-pratiques',
  'practice-reuses': 'reprises',
  'listening-bodies': 'instances-ecoute',
  'training-counts': 'formation',
  'eco-measures': 'eco-mesures',
} as const;
