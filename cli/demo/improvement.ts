import { DEMO_DAYS, dayAfter } from './calendar.ts';
import { chance, spread } from './chance.ts';
import type { CsvRow } from './files.ts';
import { type DemoTheme, FINDINGS, THEMES } from './improvement-texts.ts';
import { type DemoPlace, SHOWN_SITE } from './places.ts';

/** Share of the sites that have a plan, by network; others as `other`. */
const PLANS = { caf: 0.11, 'france-travail': 0.09, cpam: 0.06, gendarmerie: 0.008, other: 0.036 };
const LABELS = { caf: 0.035, 'france-travail': 0.035, gendarmerie: 0.003, other: 0.012 };
const isDrawn = (shares: Readonly<Record<string, number>>, what: string, { network, site }: DemoPlace) =>
  site === SHOWN_SITE || chance(what, site) < (shares[network] ?? shares['other'] ?? 0);

/** A plan of the demonstration set. */
export interface DemoPlan {
  id: string;
  network: string;
  place: DemoPlace | null;
  theme: DemoTheme;
  state: 'proposé' | 'priorisé' | 'en cours' | 'fait' | 'abandonné';
  startsOn: string;
  dueOn: string;
  doneOn: string | null;
}

/** One national plan for each network, and those of some sites. */
export function demoPlans(
  networks: readonly string[],
  places: readonly DemoPlace[],
  lastDay: string,
): DemoPlan[] {
  const national = networks.map((network) => planOf(network, network, null, lastDay));
  const local = places.filter((place) => isDrawn(PLANS, 'plan', place));
  return [...national, ...local.map((place) => planOf(place.site, place.network, place, lastDay))];
}

function planOf(key: string, network: string, place: DemoPlace | null, lastDay: string): DemoPlan {
  const age = 30 + Math.floor(chance('plan age', key) * (DEMO_DAYS - 30));
  const startsOn = dayAfter(lastDay, -age);
  const length = 120 + Math.floor(chance('plan length', key) * 400);
  const stage = key === SHOWN_SITE ? 0.5 : chance('plan stage', key);
  const done = stage < 0.9 && (length < age || key === SHOWN_SITE);
  const open = stage < 0.55 ? 'en cours' : stage < 0.75 ? 'priorisé' : 'proposé';
  return {
    id: `PLAN-DEMO-${key}`,
    network,
    place,
    theme: THEMES[Math.floor(chance('theme', key) * THEMES.length)] ?? (THEMES[0] as DemoTheme),
    state: done ? 'fait' : stage >= 0.93 ? 'abandonné' : open,
    startsOn,
    dueOn: dayAfter(startsOn, Math.max(30, length + 20 * spread('plan due', key))),
    doneOn: done ? dayAfter(startsOn, Math.min(length, age - 1)) : null,
  };
}

/** Plans as rows of the template `action-plans`. */
export const planRows = (plans: readonly DemoPlan[]): CsvRow[] =>
  plans.map(({ id, network, place, theme, state, startsOn, dueOn, doneOn }) => ({
    identifiant: id,
    ...subjectOf(network, place),
    titre: place === null ? `${theme.title} (plan national)` : `${theme.title} – ${place.commune}`,
    description: theme.description,
    etat: state,
    engagements: theme.commitments,
    debut: startsOn,
    echeance: dueOn,
    fait_le: doneOn,
    motif_abandon: state === 'abandonné' ? 'Repris dans le plan national du réseau.' : '',
    plan_superieur: place === null ? '' : `PLAN-DEMO-${network}`,
    indicateurs: INDICATORS[theme.commitments.split(', ')[0] ?? ''] ?? '',
    publie: state === 'proposé' && place !== null ? 'non' : 'oui',
  }));

/** What is to show the effect of a plan for a commitment. */
const INDICATORS: Readonly<Record<string, string>> = {
  E1: 'IND-RELATION',
  E2: 'IND-TAUX_DECROCHE, IND-ACCESSIBILITE',
  E3: 'IND-ACCESSIBILITE',
  E4: 'IND-RESPECT_DELAI, IND-SATISFACTION_DELAI',
  E5: 'IND-EFFORT',
  E6: 'IND-SATISFACTION',
  E7: 'IND-SATISFACTION',
};

/** What came of the plans that are done, as rows of the template `impacts`. */
export const impactRows = (plans: readonly DemoPlan[], lastDay: string): CsvRow[] =>
  plans
    .filter(
      ({ state, id, place }) => state === 'fait' && (place?.site === SHOWN_SITE || chance('told', id) < 0.75),
    )
    .map(({ id, network, place, theme, doneOn }) => {
      const told = dayAfter(doneOn ?? lastDay, 5 + Math.floor(chance('told on', id) * 40));
      return {
        identifiant: `IMPACT${id.slice('PLAN'.length)}`,
        ...subjectOf(network, place),
        titre: theme.impact,
        recit: theme.story,
        avant: theme.before,
        apres: theme.after,
        publie_le: told < lastDay ? told : lastDay,
        plan: id,
        publie: 'oui',
      };
    });

/** Labels of some sites, as rows of the template `labels`: three years each. */
export const labelRows = (places: readonly DemoPlace[], lastDay: string): CsvRow[] =>
  places
    .filter((place) => isDrawn(LABELS, 'label', place))
    .map((place) => {
      const drawn = chance('level', place.site);
      const age = 20 + Math.floor(chance('label age', place.site) * (DEMO_DAYS - 20));
      const withdrawn = place.site !== SHOWN_SITE && chance('withdrawn', place.site) < 0.04;
      return {
        identifiant: `LABEL-DEMO-${place.site}`,
        ...subjectOf(place.network, place),
        niveau: drawn < 0.5 ? 'bronze' : drawn < 0.85 ? 'argent' : 'or',
        attribue_le: dayAfter(lastDay, -age),
        retire_le: withdrawn ? dayAfter(lastDay, -age / 2) : '',
        publie: 'oui',
      };
    });

/** Share of the places that examine themselves in a year: a site beside others, or the only one of its structure. */
const DIAGNOSED = { SITE: 0.047, STRUCTURE: 0.71 };

/**
 * Self-diagnoses of the last two years, as rows of the template `self-diagnoses`: one row per commitment. A network
 * that answers above its sites examines its structures.
 */
export function* demoDiagnoses(places: readonly DemoPlace[], lastDay: string): Generator<CsvRow> {
  const units = new Map<string, { place: DemoPlace; kind: keyof typeof DIAGNOSED }>();
  for (const place of places) {
    if (place.structure === null) units.set(place.site, { place, kind: 'SITE' });
    else if (!units.has(place.structure)) units.set(place.structure, { place, kind: 'STRUCTURE' });
  }
  for (const [unit, { place, kind }] of units) {
    for (const year of [0, 1]) {
      if (chance('diagnosis', unit, year) >= DIAGNOSED[kind] && place.site !== SHOWN_SITE) continue;
      const age = 365 * year + Math.floor(chance('diagnosis age', unit, year) * 364);
      const whole = {
        identifiant: `DIAG-DEMO-${unit}-${year + 1}`,
        ...subjectOf(place.network, kind === 'SITE' ? place : { ...place, site: '' }),
        fait_le: dayAfter(lastDay, -age),
        publie: chance('diagnosis published', unit, year) < 0.9 ? 'oui' : 'non',
      };
      for (const [commitment, [good, weak]] of Object.entries(FINDINGS)) {
        const score = Math.round(
          68 - 4 * year + 9 * spread('score', unit, commitment) + 4 * spread('at', unit, commitment, year),
        );
        const note = Math.min(100, Math.max(10, score));
        yield { ...whole, engagement: commitment, note, constat: note >= 65 ? good : weak };
      }
    }
  }
}

const subjectOf = (network: string, place: Pick<DemoPlace, 'site' | 'structure'> | null): CsvRow => ({
  reseau: network,
  code_sp_structure: place?.structure ?? '',
  site: place?.site ?? '',
});
