import { Readable } from 'node:stream';
import type { BundledFile } from '../bundled-file.ts';
import { chance } from './chance.ts';
import { type CsvRow, DEMONSTRATION, demoFile } from './files.ts';
import type { DemoUnit } from './results.ts';

/** Year of the answers, the last that the demonstration has results of. */
const YEAR = 2025;
const STEPS = ['très', 'plutôt', 'plutôt pas', 'pas du tout'] as const;
/** Chances that an answer is at most as good as this step. */
const UP_TO = [0.38, 0.84, 0.95, 1] as const;

/**
 * Single answers about the relation, at some sites of one région: the other questions of the demonstration come as
 * distributions. A few sites have too few of them to be shown.
 */
export function demoAnswers(units: readonly DemoUnit[]): CsvRow[] {
  return units
    .filter(
      ({ kind, id, regionId }) => kind === 'SITE' && regionId === 'REG-32' && chance('asked', id) < 0.25,
    )
    .flatMap(({ id }) =>
      Array.from({ length: Math.round(6 + 60 * chance('answers', id)) }, (_, index) => {
        const drawn = chance('answer', id, index);
        const day = new Date(Date.UTC(YEAR, 0, 1 + Math.floor(365 * chance('day', id, index))));
        return {
          reseau: 'france-travail',
          reference: `demo-${id.slice('SITE-'.length)}-${index + 1}`,
          site: id.slice('SITE-'.length),
          question: 'RELATION',
          repondu_le: day.toISOString().slice(0, 10),
          reponse: STEPS[UP_TO.findIndex((most) => drawn < most)] ?? STEPS[0],
        };
      }),
    );
}

export const answersFile = (units: readonly DemoUnit[]): BundledFile =>
  demoFile('survey-answers', 'demonstration-reponses.csv', demoAnswers(units));

/** Procedures that the demonstration makes services of, with a typical share of good answers; invented. */
const SERVICES = [
  { id: 900_001, network: 'caf', procedure: 'PROC-caf-aide-au-logement', good: 0.71 },
  { id: 900_002, network: 'france-travail', procedure: 'PROC-france-travail-premier-paiement', good: 0.83 },
  { id: 900_003, network: 'urssaf', procedure: 'PROC-urssaf-cesu', good: 0.86 },
  { id: 900_004, network: 'carsat', procedure: 'PROC-carsat-minimum-contributif', good: 0.62 },
] as const;

export const servicesFile = (): BundledFile =>
  demoFile(
    'jdma-services',
    'demonstration-jdma-services.csv',
    SERVICES.map(({ id, network, procedure }) => ({
      service: id,
      titre: `Démonstration : ${procedure}`,
      reseau: network,
      demarche: procedure,
    })),
  );

/** Monthly counts of these services, as the API of « Je donne mon avis » gives them. */
export function demoStatistics(): object {
  return {
    data: SERVICES.map(({ id, procedure, good }) => ({
      product_id: String(id),
      product_name: `Démonstration : ${procedure}`,
      forms: [
        {
          form_id: String(id),
          form_name: 'Formulaire de démonstration',
          intervals: Array.from({ length: 12 }, (_, month) => ({
            date: `${YEAR}-${String(month + 1).padStart(2, '0')}-01T00:00:00.000Z`,
            length_interval: 'month',
            data: [{ category: 'satisfaction', label: 'Satisfaction', number_hits: hits(id, month, good) }],
          })),
        },
      ],
    })),
  };
}

function hits(id: number, month: number, share: number) {
  const answers = 200 + Math.round(600 * chance('opinions', String(id), month));
  const good = Math.round(answers * (share + 0.06 * (chance('good', String(id), month) - 0.5)));
  const medium = Math.round((answers - good) * 0.6);
  return [
    { intention: 'good', label: 'Très bien', count: good },
    { intention: 'medium', label: 'Moyen', count: medium },
    { intention: 'bad', label: 'Pas bien', count: answers - good - medium },
  ];
}

export const statisticsFile = (): BundledFile => {
  const name = 'demonstration-jdma-statistiques.json';
  const open = () => ({ name, stream: Readable.from([JSON.stringify(demoStatistics())]) });
  return { feed: 'jdma-statistics', name, open, ...DEMONSTRATION };
};
