import { dayAfter } from './calendar.ts';
import { chance } from './chance.ts';
import type { CsvRow } from './files.ts';
import type { DemoPlan } from './improvement.ts';
import type { DemoTheme } from './improvement-texts.ts';

/** What is done for a theme, in turn, and the role that answers for it. */
const STEPS: readonly (readonly [title: string, owner: string])[] = [
  ['Faire le point avec les agents et les usagers concernés', 'référent local'],
  ['Former les agents de l’accueil', 'responsable des ressources humaines'],
  ['Afficher ce qui change à l’accueil et sur internet', 'responsable de la communication'],
  ['Mettre en place le nouveau fonctionnement', 'responsable du site'],
  ['Mesurer les effets au bout de trois mois', 'responsable qualité'],
];

/** First steps of some themes are their own. */
const OWN_STEPS: Readonly<Record<string, readonly [title: string, owner: string]>> = {
  E2: ['Revoir les plages de décroché avec l’équipe du téléphone', 'responsable de l’accueil téléphonique'],
  E4: ['Lister les dossiers qui approchent du délai annoncé', 'responsable qualité'],
  E5: ['Choisir les courriers à réécrire', 'responsable de la communication'],
};

/** Actions of the plans, as rows of the template `actions`: three for each, four for national ones. */
export const actionRows = (plans: readonly DemoPlan[], lastDay: string): CsvRow[] =>
  plans.flatMap((plan) =>
    stepsOf(plan.theme)
      .slice(0, plan.place === null ? 4 : 3)
      .map((step, rank) => actionOf(plan, step, rank, lastDay)),
  );

function stepsOf({ commitments }: DemoTheme) {
  const own = OWN_STEPS[commitments.split(', ')[0] ?? ''];
  return own === undefined ? STEPS : [own, ...STEPS.slice(1)];
}

function actionOf(
  plan: DemoPlan,
  [title, owner]: readonly [string, string],
  rank: number,
  lastDay: string,
): CsvRow {
  const key = `${plan.id}/${rank}`;
  const state = stateOf(plan, key, rank);
  const end = plan.doneOn ?? lastDay;
  const span = (Date.parse(end) - Date.parse(plan.startsOn)) / 86_400_000;
  return {
    identifiant: `ACT${plan.id.slice('PLAN'.length)}-${rank + 1}`,
    reseau: plan.network,
    plan: plan.id,
    titre: title,
    etat: state,
    responsable: plan.place === null && owner === 'référent local' ? 'correspondant national' : owner,
    echeance: dayAfter(plan.startsOn, 60 * (rank + 1)),
    fait_le: state === 'fait' ? dayAfter(plan.startsOn, Math.floor(span * chance('action done', key))) : '',
    avancement: state === 'en cours' ? String(10 * (1 + Math.floor(8 * chance('progress', key)))) : '',
    motif_abandon: state === 'abandonné' ? 'Sans objet depuis la réorganisation de l’accueil.' : '',
    publie: chance('action inside', key) < 0.1 ? 'non' : 'oui',
  };
}

function stateOf({ state }: DemoPlan, key: string, rank: number): string {
  if (state === 'fait') return chance('action dropped', key) < 0.08 ? 'abandonné' : 'fait';
  if (state === 'abandonné') return rank === 0 ? 'fait' : 'abandonné';
  if (state !== 'en cours') return 'à faire';
  const drawn = chance('action state', key) + 0.25 * rank;
  return drawn < 0.45 ? 'fait' : drawn < 0.9 ? 'en cours' : 'à faire';
}

/** What is measured of a commitment, and what networks aim at. */
const MEASURES: Readonly<Record<string, readonly [indicator: string, target: number]>> = {
  E1: ['IND-RELATION', 85],
  E2: ['IND-TAUX_DECROCHE', 85],
  E3: ['IND-EFFORT', 80],
  E4: ['IND-RESPECT_DELAI', 90],
  E5: ['IND-EFFORT', 80],
  E6: ['IND-SATISFACTION', 80],
  E7: ['IND-SATISFACTION', 80],
};

const CAUSES = [
  'Deux postes vacants depuis l’été.',
  'Afflux de demandes à la rentrée.',
  'Procédure revue en cours d’année, agents encore peu formés.',
  'Outil de suivi changé, dossiers en attente repris à la main.',
];

/**
 * The weakest point of each self-diagnosis, as rows of the template `gaps`; the plan of the place closes it, where it
 * has one.
 * @param findings rows of the template `self-diagnoses`
 */
export function gapRows(findings: Iterable<CsvRow>, plans: readonly DemoPlan[]): CsvRow[] {
  const weakest = new Map<string, CsvRow>();
  for (const row of findings) {
    const id = String(row['identifiant']);
    const known = weakest.get(id);
    if (!known || Number(row['note']) < Number(known['note'])) weakest.set(id, row);
  }
  const planned = new Set(plans.map(({ id }) => id));
  return [...weakest].flatMap(([diagnosis, row]) => {
    const note = Number(row['note']);
    const commitment = String(row['engagement']);
    const [indicator, target] = MEASURES[commitment] ?? [null, 0];
    const plan = `PLAN-DEMO-${row['site']}`;
    const day = String(row['fait_le']);
    return {
      identifiant: `GAP-${diagnosis.slice('DIAG-'.length)}`,
      reseau: row['reseau'] ?? '',
      code_sp_structure: row['code_sp_structure'] ?? '',
      site: row['site'] ?? '',
      constate_le: day,
      engagement: commitment,
      indicateur: indicator ?? '',
      periode: indicator === null ? '' : String(Number(day.slice(0, 4)) - 1),
      objectif: indicator === null ? '' : String(target),
      resultat: indicator === null ? '' : resultOf(target, diagnosis),
      gravite: note < 52 ? 'majeur' : note < 58 ? 'modéré' : 'mineur',
      cause: CAUSES[Math.floor(chance('cause', diagnosis) * CAUSES.length)] ?? '',
      source: indicator === null ? '' : 'Tableau de bord du service (démonstration)',
      auto_diagnostic: diagnosis,
      plan: planned.has(plan) ? plan : '',
      publie: row['publie'] ?? '',
    };
  });
}

/** Some points under the target, with one decimal. */
const resultOf = (target: number, key: string) =>
  ((10 * target - 30 - Math.floor(200 * chance('gap', key))) / 10).toFixed(1).replace('.', ',');
