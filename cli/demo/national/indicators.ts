import type { BundledFile } from '../../bundled-file.ts';
import { type CsvRow, demoFile } from '../files.ts';
import { ownIndicator } from '../results.ts';
import { NATIONAL_NETWORKS } from './catalogue.ts';

/** What each network asks or counts for itself, beside the common core. */
const OWN = [
  {
    name: 'ATTENTE',
    title: 'Temps d’attente moyen',
    family: 'performance',
    unit: 'minutes',
    formula: 'MEAN',
  },
  { name: 'DOSSIERS', title: 'Dossiers traités', family: 'performance', unit: 'nombre', formula: 'SUM' },
  { name: 'CLARTE', title: 'Clarté des courriers', family: 'satisfaction', unit: '%', formula: 'FAVOURABLE' },
] as const;

/** First day on which CLARTE is asked in other words: what is older does not compare. */
const ASKED_ANEW = '2022-01-01';

/** Definitions as the first files bring them, then the new question, which makes a version of its own. */
export const definitionFiles = (name: string): BundledFile[] => [
  demoFile('sp-indicators', `${name}indicateurs.csv`, rows(OWN, 'Les courriers reçus étaient-ils clairs ?')),
  demoFile(
    'sp-indicators',
    `${name}indicateurs-2022.csv`,
    rows([OWN[2]], 'Avez-vous compris les courriers reçus à la première lecture ?', ASKED_ANEW),
  ),
];

const rows = (
  own: readonly (typeof OWN)[number][],
  question: string,
  since: string | null = null,
): CsvRow[] =>
  NATIONAL_NETWORKS.flatMap(({ id, before }) => [id, ...(before ? [before.id] : [])]).flatMap((network) =>
    own.map(({ name, title, family, unit, formula }) => ({
      reseau: network,
      code: ownIndicator(network, name),
      intitule_original_de_l_indicateur: `${title} (démonstration)`,
      intitule_usager_de_l_indicateur: title,
      question: name === 'CLARTE' ? question : '',
      famille: family,
      unite: unit,
      sens: name === 'ATTENTE' ? 'baisse' : 'hausse',
      frequence: 'annuelle',
      formule: formula,
      valable_depuis: since,
    })),
  );
