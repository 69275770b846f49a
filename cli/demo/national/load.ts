import type { Kysely } from 'kysely';
import { connect } from '../../../kernel/postgres/database.ts';
import { importBundled, isKnown } from '../../bundled-file.ts';
import { refreshAll } from '../../refresh.ts';
import { dayAfter } from '../calendar.ts';
import { demoDocuments, documentRows } from '../documents.ts';
import { demoDuties } from '../duties.ts';
import { demoFile, linksFile, structuresFile } from '../files.ts';
import { demoPlaces } from '../places.ts';
import { demoReports } from '../reports.ts';
import type { DemoStructure } from '../units.ts';
import { NATIONAL_NETWORKS } from './catalogue.ts';
import { definitionFiles } from './indicators.ts';
import { openAndClose } from './lives.ts';
import { toldPlaces } from './places.ts';
import { type Publishing, resultFiles } from './results.ts';
import { nameOf, type Scale } from './scale.ts';
import { sitesFile } from './sites.ts';
import { nationalStructures } from './structures.ts';
import { refuseOthers } from './there.ts';
import { nationalUnits } from './units.ts';

/** Draws of reports for each site: most of what one gets. */
const DRAWS = 6;

/**
 * Makes a country: sites and structures, then results, testimonies and reports, through the feeds of anybody's files
 * (testimonies by COPY, see `loadVoices`). What the journal has already is left alone, so that a run that was stopped
 * goes on where it was.
 *
 * @throws Error when another demonstration set is there: it would be mixed with this one
 */
export async function loadNational(
  databaseUrl: string,
  scale: Scale,
  say: (step: string) => void,
): Promise<void> {
  await refuseOthers(databaseUrl, scale);
  const name = nameOf(scale);
  const db = connect<object>(databaseUrl, 'administrations', 'owner', { max: 1 });
  try {
    await importBundled(databaseUrl, await sitesFile(db, scale, `${name}annuaire.json`), say);
    const lives = await openAndClose(db, scale.years);
    if (lives > 0) say(`${lives.toLocaleString('en')} sites open or close in these years`);
    const structures = await nationalStructures(db);
    await importBundled(databaseUrl, structuresFile(structures, `${name}structures.csv`), say);
    await importBundled(databaseUrl, linksFile(structures, `${name}structures-sites.csv`), say);
    for (const file of definitionFiles(name)) await importBundled(databaseUrl, file, say);
    await refreshAll(databaseUrl);
    const publishing = await publishers(db, structures);
    for (const file of resultFiles(publishing, scale.years, name))
      await importBundled(databaseUrl, file, say);
    await loadTold(databaseUrl, db, scale, say);
    await loadReports(databaseUrl, db, scale, say);
  } finally {
    await db.destroy();
  }
}

async function publishers(db: Kysely<object>, structures: readonly DemoStructure[]): Promise<Publishing[]> {
  const all: Publishing[] = [];
  for (const network of NATIONAL_NETWORKS) {
    all.push({ network, units: await nationalUnits(db, network, structures) });
  }
  return all;
}

async function loadTold(
  databaseUrl: string,
  db: Kysely<object>,
  scale: Scale,
  say: (step: string) => void,
): Promise<void> {
  const name = `${nameOf(scale)}experiences`;
  // Loaded here only: the words that it draws from take a while to make.
  const { loadVoices, VOICES_FEED } = await import('../voices/load.ts');
  if (!(await isKnown(databaseUrl, 'testimonies', VOICES_FEED, name))) {
    const places = await toldPlaces(db);
    await loadVoices(databaseUrl, { name, count: scale.testimonies, places }, say);
  }
  await importBundled(
    databaseUrl,
    demoFile('reply-duties', `${nameOf(scale)}delais-reponse.csv`, demoDuties()),
    say,
  );
}

async function loadReports(
  databaseUrl: string,
  db: Kysely<object>,
  scale: Scale,
  say: (step: string) => void,
): Promise<void> {
  const name = nameOf(scale);
  const networks = NATIONAL_NETWORKS.map(({ id }) => id);
  const documents = demoDocuments(networks.map((id) => id.slice('NET-'.length)));
  await importBundled(
    databaseUrl,
    demoFile('documents', `${name}documents.csv`, documentRows(documents)),
    say,
  );
  const places = await demoPlaces(db, networks);
  const rates = { draws: DRAWS, perSite: scale.reports / places.length };
  const lastDay = dayAfter(new Date().toISOString().slice(0, 10), -1);
  const rows = demoReports(places, documents, lastDay, rates);
  await importBundled(databaseUrl, demoFile('reports', `${name}signalements.csv`, rows), say);
}
