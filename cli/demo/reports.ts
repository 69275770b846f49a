import { DEMO_DAYS, dayAfter } from './calendar.ts';
import { chance } from './chance.ts';
import type { DemoDocument } from './documents.ts';
import type { CsvRow } from './files.ts';
import { type DemoPlace, SHOWN_SITE } from './places.ts';

/** Reports that a site of the network gets in two years, on average. */
const PER_SITE: Readonly<Record<string, number>> = {
  caf: 0.36,
  cpam: 0.28,
  msa: 0.35,
  'france-travail': 0.28,
  sip: 0.23,
  sie: 0.13,
  police: 0.05,
  gendarmerie: 0.03,
  prefecture: 0.3,
  'tribunal-judiciaire': 0.27,
  crous: 0.35,
  urssaf: 0.3,
  carsat: 0.5,
};

/** Draws for each site: most of its reports in two years. */
const DRAWS = 4;

/** How many reports a site gets: most of them, and on average; `PER_SITE` without an average. */
export interface ReportRates {
  draws: number;
  perSite?: number;
}
/** Reports that a network without sites gets. */
const NATIONAL = 25;

/** What a reporter finds hard, what they write of it, and what they would do. */
const COMPLAINTS = [
  [
    'jargon',
    'Je ne comprends pas les mots employés, il a fallu appeler.',
    'Employer les mots de tous les jours.',
  ],
  [
    'trop dense',
    'Tout est sur une seule page, en petits caractères.',
    'Mettre un titre à chaque paragraphe.',
  ],
  [
    'trop long',
    'Huit pages pour me dire qu’il manque un justificatif.',
    'Dire en une phrase ce qu’il faut faire.',
  ],
  [
    'motif de refus peu clair',
    'On me refuse, mais je ne sais pas pourquoi.',
    'Expliquer la raison avant de citer la loi.',
  ],
  [
    'sigles',
    'Il y a des sigles partout et aucun n’est expliqué.',
    'Écrire les noms en entier la première fois.',
  ],
  ['mise en page', 'La somme à payer est cachée au verso.', 'Encadrer la somme et la date limite.'],
  ['ordre', 'Les délais de recours viennent avant la décision.', 'Commencer par la décision.'],
  ['autre', 'Le lien du courriel ne mène nulle part.', 'Vérifier les liens avant l’envoi.'],
] as const;

/** Steps after the receipt: how many go on, and how many days it takes them, at least and at most. */
const STEPS = [
  { column: 'examine_le', state: 'examiné', goOn: 0.88, from: 2, to: 20 },
  { column: 'reecrit_le', state: 'en réécriture', goOn: 0.74, from: 20, to: 110 },
  { column: 'teste_le', state: 'testé', goOn: 0.8, from: 10, to: 45 },
  { column: 'diffuse_le', state: 'diffusé', goOn: 0.88, from: 7, to: 50 },
] as const;

/**
 * Reports through the funnel, as rows of the template `reports`. The draw is each site's own: a new one changes
 * nothing for the others, and another last day moves all days by as much.
 * @param lastDay ISO day that nothing is told after
 */
export function* demoReports(
  places: readonly DemoPlace[],
  documents: readonly DemoDocument[],
  lastDay: string,
  { draws, perSite }: ReportRates = { draws: DRAWS },
): Generator<CsvRow> {
  const registers = Map.groupBy(documents, ({ network }) => network);
  const located = new Set(places.map(({ network }) => network));
  for (const place of places) {
    const rate = place.site === SHOWN_SITE ? 1 : (perSite ?? PER_SITE[place.network] ?? 0) / draws;
    for (let draw = 0; draw < draws; draw += 1) {
      const key = `${place.site}-${draw}`;
      if (chance('report', key) < rate)
        yield rowOf(key, place.network, place, registers.get(place.network) ?? [], lastDay);
    }
  }
  for (const [network, register] of registers) {
    if (located.has(network)) continue;
    for (let draw = 0; draw < NATIONAL; draw += 1)
      yield rowOf(`${network}-${draw}`, network, null, register, lastDay);
  }
}

function rowOf(
  key: string,
  network: string,
  place: DemoPlace | null,
  register: readonly DemoDocument[],
  lastDay: string,
): CsvRow {
  const found = register[Math.floor(chance('which', key) * register.length)];
  const known = chance('known', key) < 0.8;
  const complaint = Math.floor(chance('complaint', key) * COMPLAINTS.length);
  const [problem, comment, suggestion] = COMPLAINTS[complaint] ?? COMPLAINTS[0];
  const [second] = COMPLAINTS[(complaint + 3) % COMPLAINTS.length] ?? COMPLAINTS[0];
  const age = Math.floor(chance('age', key) * DEMO_DAYS);
  return {
    identifiant: `REP-DEMO-${key}`,
    reseau: network,
    code_sp_structure: place?.structure ?? '',
    site: place?.site ?? '',
    document: known ? (found?.id ?? '') : '',
    nature: found?.kind ?? 'courrier',
    signale_par: chance('reporter', key) < 0.78 ? 'usager' : 'agent',
    problemes: chance('second', key) < 0.4 ? `${problem}, ${second}` : problem,
    commentaire: comment,
    suggestion,
    ...stepsOf(key, age, lastDay),
    publie: chance('report published', key) < 0.96 ? 'oui' : 'non',
  };
}

/** The state that a report reached in its time, and the day of each step. */
function stepsOf(key: string, age: number, lastDay: string): CsvRow {
  const received = dayAfter(lastDay, -age);
  const row: CsvRow = {
    recu_le: received,
    examine_le: '',
    reecrit_le: '',
    teste_le: '',
    diffuse_le: '',
    ecarte_le: '',
    etat: 'reçu',
  };
  let passed = 0;
  for (const { column, state, goOn, from, to } of STEPS) {
    const drawn = chance(column, key);
    passed += from + Math.floor(chance(`${column} days`, key) * (to - from));
    if (passed > age) return row;
    if (drawn >= goOn) {
      // Half of those that stop are declined after all, the others wait.
      if (chance(`${column} declined`, key) < 0.5) {
        row['etat'] = 'écarté';
        row['ecarte_le'] = dayAfter(received, passed);
      }
      return row;
    }
    row[column] = dayAfter(received, passed);
    row['etat'] = state;
  }
  return row;
}
