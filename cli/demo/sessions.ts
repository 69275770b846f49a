import { chance } from './chance.ts';
import type { CsvRow } from './files.ts';

/** What was learnt in a session. */
const LESSONS = [
  'La date limite doit venir en premier : la moitié des participants l’ont cherchée.',
  'Les mots « quotient » et « abattement » arrêtent la lecture ; un exemple chiffré suffit.',
  'L’encadré de la somme à payer est vu de tous ; le numéro à appeler, de peu.',
  'Les participants âgés veulent un numéro de téléphone sur la première page.',
  'La lettre est comprise ; la pièce à joindre ne l’est pas toujours.',
];

const FORMS = ['en présence', 'en ligne', 'téléphone'];
/** Documents tried in one session. */
const MOST = 5;

/**
 * Test sessions, as rows of the template `test-sessions`: one a month and network, where its documents that were
 * tested that month were tried.
 * @param reports rows of the template `reports`
 */
export function* demoSessions(reports: Iterable<CsvRow>): Generator<CsvRow> {
  const months = new Map<string, CsvRow[]>();
  for (const report of reports) {
    const day = String(report['teste_le'] ?? '');
    if (day === '') continue;
    const key = `${report['reseau']}-${day.slice(0, 7)}`;
    months.set(key, [...(months.get(key) ?? []), report]);
  }
  for (const [key, tested] of months) yield* sessionOf(key, tested.slice(0, MOST));
}

function* sessionOf(key: string, tested: readonly CsvRow[]): Generator<CsvRow> {
  const [first] = tested.map((report) => String(report['teste_le'] ?? '')).sort();
  const participants = 6 + Math.floor(chance('participants', key) * 9);
  for (const report of tested) {
    const about = `${key} ${report['identifiant']}`;
    const testers = participants - Math.floor(chance('testers', about) * 3);
    const understood = Math.round(testers * (0.6 + 0.4 * chance('understood', about)));
    yield {
      identifiant: `SESSION-DEMO-${key}`,
      reseau: report['reseau'] ?? '',
      titre: `Démonstration : essai de courriers et de formulaires, ${key.slice(-7)}`,
      forme: FORMS[Math.floor(chance('form', key) * FORMS.length)] ?? '',
      tenue_le: first ?? '',
      participants: String(participants),
      enseignements: LESSONS[Math.floor(chance('lesson', key) * LESSONS.length)] ?? '',
      signalement: report['identifiant'] ?? '',
      testeurs: String(testers),
      compris: String(understood),
      reussi: String(Math.max(0, understood - Math.floor(chance('completed', about) * 3))),
      publie: 'oui',
    };
  }
}
