import { chance } from './chance.ts';
import type { CsvRow } from './files.ts';

/** What the documents of each network are about. */
const ABOUT: Readonly<Record<string, readonly string[]>> = {
  caf: ['Aide au logement', "Prime d'activité", 'RSA', 'Allocations familiales', "Mode de garde de l'enfant"],
  cpam: [
    'Indemnités journalières',
    'Complémentaire santé solidaire',
    'Carte Vitale',
    'Affection de longue durée',
    'Accident du travail',
  ],
  msa: [
    'Retraite agricole',
    'Cotisations des exploitants',
    'Prestations familiales agricoles',
    'Arrêt de travail',
    'Aide à domicile',
  ],
  'france-travail': [
    'Inscription comme demandeur d’emploi',
    'Allocation de retour à l’emploi',
    'Actualisation mensuelle',
    'Aide à la formation',
    'Trop-perçu',
  ],
  sip: [
    'Impôt sur le revenu',
    'Taxe foncière',
    'Prélèvement à la source',
    'Délai de paiement',
    'Changement de situation',
  ],
  sie: [
    'TVA',
    'Cotisation foncière des entreprises',
    'Impôt sur les sociétés',
    'Crédit d’impôt',
    'Cessation d’activité',
  ],
  police: ['Dépôt de plainte', 'Procuration de vote', 'Convocation', 'Objet trouvé', 'Main courante'],
  gendarmerie: [
    'Dépôt de plainte',
    'Procuration de vote',
    'Convocation',
    'Opération tranquillité vacances',
    'Contravention',
  ],
  prefecture: [
    'Titre de séjour',
    'Naturalisation',
    'Permis de conduire',
    'Association',
    'Autorisation de travail',
  ],
  'tribunal-judiciaire': [
    'Aide juridictionnelle',
    'Saisine du juge aux affaires familiales',
    'Tutelle',
    'Injonction de payer',
    'Convocation à l’audience',
  ],
  crous: [
    'Bourse sur critères sociaux',
    'Logement étudiant',
    'Aide spécifique',
    'Dossier social étudiant',
    'Restauration',
  ],
  urssaf: [
    'Déclaration trimestrielle',
    'Délai de paiement',
    'Attestation de vigilance',
    'Affiliation',
    'Contrôle',
  ],
  carsat: [
    'Demande de retraite',
    'Relevé de carrière',
    'Pension de réversion',
    'Minimum vieillesse',
    'Aide au maintien à domicile',
  ],
  ants: ['Carte grise', 'Permis de conduire', 'Carte d’identité', 'Passeport', 'Vente d’un véhicule'],
};

/** What is sent or shown about each of them. */
const FORMS = [
  { title: (about: string) => `${about} – notification de décision`, kind: 'courrier' },
  { title: (about: string) => `${about} – demande de pièces complémentaires`, kind: 'courrier' },
  { title: (about: string) => `${about} – formulaire de demande`, kind: 'formulaire' },
  { title: (about: string) => `${about} – accusé de réception`, kind: 'courriel' },
  { title: (about: string) => `${about} – page d’information`, kind: 'page web' },
] as const;

export interface DemoDocument {
  id: string;
  network: string;
  title: string;
  kind: (typeof FORMS)[number]['kind'];
}

/** The register of these networks (codes), some three hundred documents. */
export const demoDocuments = (networks: readonly string[]): DemoDocument[] =>
  networks.flatMap((network) =>
    (ABOUT[network] ?? []).flatMap((about, subject) =>
      FORMS.flatMap(({ title, kind }, form) =>
        chance('document', network, subject, form) < 0.86
          ? [{ id: `DOC-DEMO-${network}-${subject + 1}${form + 1}`, network, title: title(about), kind }]
          : [],
      ),
    ),
  );

/** The register as rows of the template `documents`. */
export const documentRows = (documents: readonly DemoDocument[]): CsvRow[] =>
  documents.map(({ id, network, title, kind }) => ({
    identifiant: id,
    reseau: network,
    intitule: title,
    nature: kind,
    reference: kind === 'formulaire' ? `MODÈLE ${id.slice(-2)}` : '',
    publie: chance('document published', id) < 0.95 ? 'oui' : 'non',
  }));
