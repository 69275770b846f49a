import type { Column } from '../../../kernel/import/column.ts';
import { code, date, decimal, integer, oneOf } from '../../../kernel/import/columns.ts';
import { type RowProblem, rejected } from '../../../kernel/import/problem.ts';
import { sheet } from '../../../kernel/import/sheet.ts';
import { channels, postedAs, TAGS, ticked, words } from './open-data.columns.ts';

/** Ranks of the structures that one testimony concerns: three groups of columns. */
export const POSITIONS = [1, 2, 3] as const;
type Position = (typeof POSITIONS)[number];
type GroupColumn =
  | 'typology'
  | 'channels'
  | 'structure'
  | 'status'
  | 'reply'
  | 'similarity'
  | 'code'
  | 'site';

/** Longest text of a user or of a reply. */
const MAX_TEXT = 30_000;

/** The labels of the platform in the forms that it has had, and the values of the graph. */
const STATES = {
  Publiée: 'PUBLISHED',
  Publié: 'PUBLISHED',
  Published: 'PUBLISHED',
  Rejetée: 'REJECTED',
  Rejeté: 'REJECTED',
  Refusée: 'REJECTED',
  Rejected: 'REJECTED',
  'À modérer': 'SUBMITTED',
  'En modération': 'SUBMITTED',
  'En attente de modération': 'SUBMITTED',
  'En attente': 'SUBMITTED',
  Soumise: 'SUBMITTED',
  Submitted: 'SUBMITTED',
};
const STATUSES = {
  'Réponse publiée': 'PUBLISHED',
  'Réponse apportée': 'PUBLISHED',
  Publiée: 'PUBLISHED',
  Publié: 'PUBLISHED',
  Répondu: 'PUBLISHED',
  Traité: 'PUBLISHED',
  Traitée: 'PUBLISHED',
  'À traiter': 'TO_PROCESS',
  'En attente': 'TO_PROCESS',
  'En cours': 'TO_PROCESS',
  'En cours de traitement': 'TO_PROCESS',
  'Non traité': 'TO_PROCESS',
  'Sans réponse': 'TO_PROCESS',
  Brouillon: 'DRAFT',
  'À valider': 'TO_VALIDATE',
  'En attente de validation': 'TO_VALIDATE',
  Transférée: 'TRANSFERRED',
  Transféré: 'TRANSFERRED',
};
const FEELINGS = {
  Positif: 'POSITIVE',
  Positive: 'POSITIVE',
  Neutre: 'NEUTRAL',
  Neutral: 'NEUTRAL',
  Négatif: 'NEGATIVE',
  Négative: 'NEGATIVE',
  Negative: 'NEGATIVE',
};

/** The columns of one structure concerned; the last two are the hub's own, for files that know more than labels. */
const group = <N extends Position>(n: N) =>
  ({
    [`typology_${n}`]: words({ header: `Intitulé typologie ${n}`, max: 300 }),
    [`channels_${n}`]: channels({ header: `Canaux typologie ${n}` }),
    [`structure_${n}`]: words({ header: `Intitulé structure ${n}`, max: 500 }),
    [`status_${n}`]: oneOf({ header: `Statut réponse structure ${n}`, labels: STATUSES }),
    [`reply_${n}`]: words({ header: `Réponse structure ${n}`, max: MAX_TEXT }),
    [`similarity_${n}`]: decimal({
      header: `Taux de similarité réponse IA structure ${n}`,
      min: 0,
      max: 100,
    }),
    [`code_${n}`]: words({ header: `Code SP+ structure ${n}`, max: 104 }),
    [`site_${n}`]: words({ header: `Site structure ${n}`, max: 120 }),
  }) as Record<`${GroupColumn}_${N}`, Column<false>>;

const tags = Object.fromEntries(TAGS.map(({ column, header }) => [column, ticked({ header })])) as Record<
  (typeof TAGS)[number]['column'],
  Column<false>
>;

/** The number on the platform; the hub's own id is understood too. */
const number = code({
  header: ['ID expérience', 'id_experiences'],
  required: true,
  pattern: /[\p{L}\p{N}][\p{L}\p{N}._:-]{0,99}/u,
  expected: 'the number of the testimony',
});
export const testimonyNumber: Column<true> = {
  ...number,
  required: true,
  parse: (cell) => number.parse(cell.replace(/^TEM-/, '')),
};

/** Open-data export of testimonies, CSV or JSON. */
export const testimoniesSheet = sheet({
  columns: {
    id: testimonyNumber,
    state: oneOf({ header: 'Etat expérience', required: true, labels: STATES }),
    written_on: date({ header: 'Écrit le', required: true }),
    published_on: date({ header: 'Date de publication' }),
    title: words({ header: 'Titre', max: 1000 }),
    body: words({ header: 'Description', max: MAX_TEXT }),
    posted_as: postedAs({ header: 'Posté comme' }),
    feeling: oneOf({ header: ['Ressenti usager', 'Ressenti'], required: true, labels: FEELINGS }),
    pseudonym: words({ header: ['Pseudonyme usager', 'Pseudonyme'], max: 200 }),
    procedures: words({ header: 'Démarches saisies par usager', max: 2000 }),
    user_region: words({ header: 'Intitulé région usager', max: 200 }),
    user_departement: words({ header: 'Intitulé département usager', max: 200 }),
    country: words({ header: 'Pays', max: 200 }),
    rejection_reason: words({ header: 'Motif de rejet', max: 2000 }),
    ...group(1),
    ...group(2),
    ...group(3),
    first_answered_on: date({ header: ['Date de premiere réponse', 'Date première réponse'] }),
    action: ticked({ header: ['Action engagée', 'Action'], max: MAX_TEXT }),
    action_on: date({ header: ["Date de l'action engagée", 'Date action engagée', "Date d'action engagée"] }),
    similar: integer({ header: 'Expériences Similaires', min: 0 }),
    improvement: words({ header: 'Amélioration de service à considérer', max: 5000 }),
    ...tags,
  },
  rule: (row) => [
    ...(row.state === 'PUBLISHED'
      ? [
          needed('Date de publication', row.published_on),
          needed('Titre', row.title),
          needed('Description', row.body),
        ].flat()
      : []),
    ...within('Écrit le', row.written_on, FIRST_DAY),
    ...within('Date de publication', row.published_on, row.written_on ?? FIRST_DAY),
    ...within('Date de premiere réponse', row.first_answered_on, row.written_on ?? FIRST_DAY),
    ...within("Date de l'action engagée", row.action_on, row.written_on ?? FIRST_DAY),
  ],
});

/** Before the first platform of the programme (Vox Usagers, 2018) nobody wrote anything; some room is left. */
const FIRST_DAY = '2010-01-01';
const DAY_MS = 86_400_000;

const needed = (column: string, value: string | null): RowProblem[] =>
  value === null ? [rejected(column, 'REQUIRED', 'expected a value in a published testimony', '')] : [];

/** Days lie between a first one and today; tomorrow is today somewhere. */
function within(column: string, day: string | null, first: string): RowProblem[] {
  const last = new Date(Date.now() + DAY_MS).toISOString().slice(0, 10);
  if (day === null || (first <= day && day <= last)) return [];
  return [rejected(column, 'OUT_OF_RANGE', `expected a day between ${first} and today`, day)];
}
