import { chance } from './chance.ts';
import type { CsvRow } from './files.ts';
import { SHOWN_SITE } from './places.ts';
import { type DemoText, OTHER_TEXTS, SOCIAL_TEXTS } from './rewrite-texts.ts';

/** Who was consulted, by turns. */
const EXPERTS = [
  'juristes, langage clair',
  'métier, accueil',
  'designers, langage clair',
  "associations d'usagers, métier",
];

const LESSONS = [
  'Une personne a cherché la date : elle est passée en gras.',
  'Le mot « retenue » a été expliqué à deux personnes.',
  'Tous ont trouvé quoi faire en moins d’une minute.',
  'La liste a été préférée au paragraphe.',
];

/**
 * Rewritings of the demonstration set, as rows of the template `rewrites`: each text goes with one report of its
 * network that is disseminated and public, of its own document or of one that nobody recognised.
 * @param reports rows of the template `reports`
 */
export function demoRewrites(reports: Iterable<CsvRow>): CsvRow[] {
  const inUse = [...reports].filter(({ etat, publie }) => etat === 'diffusé' && publie === 'oui');
  const taken = new Set<CsvRow>();
  return [...SOCIAL_TEXTS, ...OTHER_TEXTS].flatMap((text) => {
    const theirs = inUse.filter(
      (report) =>
        report['reseau'] === text.network &&
        report['document'] === (text.document ?? '') &&
        !taken.has(report),
    );
    const report = bestOf(theirs, text);
    if (report === undefined) return [];
    taken.add(report);
    return [rowOf(text, report)];
  });
}

/** One of the shown site, else of the same kind, else any. */
const bestOf = (reports: readonly CsvRow[], { kind }: DemoText) =>
  reports.find(({ site }) => site === SHOWN_SITE) ??
  reports.find(({ nature }) => nature === kind) ??
  reports[0];

function rowOf({ title, before, after }: DemoText, report: CsvRow): CsvRow {
  const key = String(report['identifiant']).slice('REP-'.length);
  const draw = (what: string, most: number) => Math.floor(chance(what, key) * most);
  const testers = 5 + draw('testers', 20);
  const understood = testers - draw('understood', 3);
  return {
    identifiant: `REWRITE-${key}-1`,
    redige_le: report['reecrit_le'] ?? '',
    avant: before,
    apres: after,
    phrases_avant: draw('sentences before', 2),
    phrases_apres: 3,
    vocabulaire_avant: draw('vocabulary before', 2),
    vocabulaire_apres: 2 + draw('vocabulary after', 2),
    organisation_avant: draw('order before', 3),
    organisation_apres: 3,
    mise_en_page_avant: 1 + draw('layout before', 2),
    mise_en_page_apres: 2 + draw('layout after', 2),
    appreciation: 'La décision vient d’abord ; les phrases sont courtes ; ce qu’il faut faire est en liste.',
    experts: EXPERTS[draw('experts', EXPERTS.length)] ?? '',
    teste_le: report['teste_le'] ?? '',
    testeurs: testers,
    compris: understood,
    reussi: understood - draw('completed', 3),
    enseignements: LESSONS[draw('lesson', LESSONS.length)] ?? '',
    titre: title,
    publie: 'oui',
  };
}
