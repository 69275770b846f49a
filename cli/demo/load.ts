import type { Kysely } from 'kysely';
import { connect } from '../../kernel/postgres/database.ts';
import { importBundled } from '../bundled-file.ts';
import { refreshAll } from '../refresh.ts';
import { loadActions } from './actions.ts';
import { answersFile, servicesFile, statisticsFile } from './answers.ts';
import { DEMO_NETWORKS, type DemoNetwork } from './catalogue.ts';
import { demoDuties } from './duties.ts';
import {
  competencesFile,
  demoFile,
  linksFile,
  resultsFile,
  structuresFile,
  testimoniesFile,
} from './files.ts';
import { loadLinks } from './links.ts';
import { type DemoUnit, demoResults } from './results.ts';
import { type DemoTestimony, demoTestimonies } from './testimonies.ts';
import { type DemoStructure, demoCompetences, demoSites, demoStructures } from './units.ts';
import { DEMO_VOICES } from './voice-networks.ts';
import { nowhere, voicePlaces } from './voice-places.ts';

/**
 * Imports the demonstration set, through the same feeds as anybody's files: structures of the networks that
 * publish above their sites, competences, results 2018–2025, answers to a survey, scores of procedures, testimonies, delays of reply, complex documents and
 * what is done about them, improvement, what testimonies led to. Parts that are there already are left alone.
 */
export async function loadDemo(databaseUrl: string, report: (step: string) => void): Promise<void> {
  const db = connect<object>(databaseUrl, 'administrations', 'owner', { max: 1 });
  try {
    const structures = await demoStructures(
      db,
      DEMO_NETWORKS.map(({ id }) => id),
    );
    await importBundled(databaseUrl, structuresFile(structures), report);
    await importBundled(databaseUrl, linksFile(structures), report);
    await importBundled(databaseUrl, competencesFile(await demoCompetences(db)), report);
    await refreshAll(databaseUrl);
    for (const network of DEMO_NETWORKS) {
      const units = await unitsOf(db, network, structures);
      await importBundled(databaseUrl, resultsFile(network.id, demoResults(network, units)), report);
    }
    await importBundled(databaseUrl, answersFile(await demoSites(db, 'NET-france-travail')), report);
    await importBundled(databaseUrl, servicesFile(), report);
    await importBundled(databaseUrl, statisticsFile(), report);
    const told = await testimonies(db);
    await importBundled(databaseUrl, testimoniesFile(told), report);
    await importBundled(
      databaseUrl,
      demoFile('reply-duties', 'demonstration-delais-reponse.csv', demoDuties()),
      report,
    );
    await loadActions(databaseUrl, db, report);
    await loadLinks(databaseUrl, { db, told }, report);
  } finally {
    await db.destroy();
  }
}

/** What is told of the places of each network, and of networks that receive nobody. */
async function testimonies(db: Kysely<object>): Promise<DemoTestimony[]> {
  const places = await voicePlaces(
    db,
    DEMO_VOICES.map(({ network }) => network),
  );
  const today = new Date().toISOString().slice(0, 10);
  return DEMO_VOICES.flatMap((voice) => {
    const own = places.filter(({ network }) => network === voice.network);
    return [...demoTestimonies(voice, own.length > 0 ? own : nowhere(voice), today)];
  });
}

/** Who publishes for a network: its areas' structures, else its sites, else itself for the whole country. */
async function unitsOf(
  db: Kysely<object>,
  network: DemoNetwork,
  structures: readonly DemoStructure[],
): Promise<DemoUnit[]> {
  const own = structures
    .filter((structure) => `NET-${structure.network}` === network.id && structure.level !== 'NATIONAL')
    .map(({ code, regionId }): DemoUnit => ({ kind: 'STRUCTURE', id: code, regionId }));
  if (own.length > 0) return own;
  const sites = await demoSites(db, network.id);
  return sites.length > 0 ? sites : [{ kind: 'TERRITORY', id: 'FR', regionId: 'FR' }];
}
