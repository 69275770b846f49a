import { dayAfter } from './calendar.ts';
import { chance } from './chance.ts';
import type { CsvRow } from './files.ts';

const ORGANISATIONS = ['Audit & Accueil (exemple)', 'Qualité Publique (exemple)', 'Bureau Regards (exemple)'];

const dayOf = (label: CsvRow) => String(label['attribue_le'] ?? '');
const keyOf = (label: CsvRow) => String(label['identifiant'] ?? '').slice('LABEL-'.length);

/** The external audit of each label, as rows of the template `label-audits`: some weeks before the award. */
export const auditRows = (labels: readonly CsvRow[]): CsvRow[] =>
  labels.map((label) => {
    const key = keyOf(label);
    return {
      identifiant: `AUDIT-${key}`,
      label: label['identifiant'] ?? '',
      organisme: ORGANISATIONS[Math.floor(chance('auditor', key) * ORGANISATIONS.length)] ?? '',
      audite_le: dayAfter(dayOf(label), -(5 + Math.floor(chance('audited', key) * 20))),
      note: (70 + Math.floor(chance('audit', key) * 290) / 10).toFixed(1).replace('.', ','),
      conforme: 'oui',
      synthese: 'Les exigences du niveau demandé sont tenues ; l’affichage des horaires est à revoir.',
    };
  });

/** The survey of users and that of agents of each label, as rows of the template `label-surveys`. */
export const surveyRows = (labels: readonly CsvRow[]): CsvRow[] =>
  labels.flatMap((label) => {
    const key = keyOf(label);
    return (['usagers', 'agents'] as const).map((who) => {
      const asked =
        who === 'usagers'
          ? 80 + Math.floor(chance('asked', key) * 300)
          : 6 + Math.floor(chance('asked', key) * 30);
      return {
        identifiant: `SURVEY-${key}-${who}`,
        label: label['identifiant'] ?? '',
        public: who,
        enquete_le: dayAfter(dayOf(label), -(8 + Math.floor(chance('surveyed', key, who) * 18))),
        repondants: asked,
        satisfaits: Math.floor(asked * (0.65 + 0.33 * chance('satisfied', key, who))),
      };
    });
  });
