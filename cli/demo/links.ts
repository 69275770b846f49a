import type { Kysely } from 'kysely';
import { importBundled } from '../bundled-file.ts';
import { actionPlaces, demoActions, demoLastDay } from './actions.ts';
import { chance } from './chance.ts';
import { type CsvRow, demoFile } from './files.ts';
import type { DemoTestimony } from './testimonies.ts';

/** Testimonies behind one plan at most, and the share of those of its place that are said to be. */
const MOST = 3;
const SHARE = 0.8;

/**
 * What testimonies led to, as rows of the template `testimony-links`: those that were no praise and came before a plan
 * are behind it, and behind what came of it.
 * @param plans rows of the template `action-plans`
 * @param impacts rows of the template `impacts`
 */
export function demoLinks(
  testimonies: readonly DemoTestimony[],
  plans: Iterable<CsvRow>,
  impacts: Iterable<CsvRow>,
): CsvRow[] {
  const told = Map.groupBy(testimonies.filter(isComplaint), placeOf);
  const outcomes = Map.groupBy(impacts, ({ plan }) => String(plan));
  return [...plans].flatMap((plan) => {
    const id = String(plan['identifiant']);
    const behind = (told.get(String(plan['site'] || plan['code_sp_structure'])) ?? [])
      .filter((one) => (one['Écrit le'] ?? '') < String(plan['debut']))
      .filter((one) => chance('behind', id, numberOf(one)) < SHARE)
      .slice(0, MOST);
    const targets = [id, ...(outcomes.get(id) ?? []).map(({ identifiant }) => String(identifiant))];
    return behind.flatMap((one) => targets.map((target) => ({ experience: numberOf(one), cible: target })));
  });
}

const isComplaint = (one: DemoTestimony) =>
  one['Etat expérience'] === 'Publiée' && one['Ressenti usager'] !== 'Positif';

/** The site, else the structure that it is about. */
const placeOf = (one: DemoTestimony): string =>
  one['Site structure 1']?.replace(/^SITE-/, '') || (one['Code SP+ structure 1'] ?? '');

const numberOf = (one: DemoTestimony): string => one['ID expérience'] ?? '';

/** Imports them, unless the journal knows them. */
export async function loadLinks(
  databaseUrl: string,
  { db, told }: { db: Kysely<object>; told: readonly DemoTestimony[] },
  report: (step: string) => void,
): Promise<void> {
  const file = (rows: readonly CsvRow[]) =>
    demoFile('testimony-links', 'demonstration-experiences-suites.csv', rows);
  const open = async () => {
    const actions = demoActions(await actionPlaces(db), demoLastDay());
    return file(demoLinks(told, actions['action-plans']?.() ?? [], actions['impacts']?.() ?? [])).open();
  };
  await importBundled(databaseUrl, { ...file([]), open }, report);
}
