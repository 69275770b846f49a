/** What people come for, by network, and how much they write of it; invented, in plausible words. */
export interface DemoVoice {
  network: string;
  /** Label of the network in the open-data export. */
  label: string;
  /** About how many testimonies, over all its places. */
  count: number;
  /** « la CAF », as in « j'ai appelé la CAF ». */
  name: string;
  /** What users say that they came for. */
  procedures: readonly string[];
  /** Typical days before a first reply, and the share of testimonies that get one. */
  reply: { days: number; share: number };
}

const voice = (
  network: string,
  label: string,
  name: string,
  count: number,
  reply: DemoVoice['reply'],
  procedures: readonly string[],
): DemoVoice => ({ network, label, name, count, reply, procedures });

export const DEMO_VOICES: readonly DemoVoice[] = [
  voice('NET-caf', 'CAF', 'la CAF', 480, { days: 9, share: 0.9 }, [
    'Demande d’aide au logement',
    'Prime d’activité',
    'Revenu de solidarité active',
    'Allocations familiales',
    'Changement de situation',
    'Allocation aux adultes handicapés',
  ]),
  voice('NET-cpam', 'CPAM', 'la CPAM', 420, { days: 7, share: 0.93 }, [
    'Remboursement de soins',
    'Indemnités journalières',
    'Carte Vitale',
    'Complémentaire santé solidaire',
    'Congé maternité',
    'Affection de longue durée',
  ]),
  voice('NET-msa', 'MSA', 'la MSA', 120, { days: 12, share: 0.86 }, [
    'Retraite agricole',
    'Prime d’activité',
    'Cotisations des exploitants',
    'Arrêt de travail',
  ]),
  voice('NET-france-travail', 'France Travail', 'France Travail', 520, { days: 6, share: 0.95 }, [
    'Inscription',
    'Actualisation mensuelle',
    'Allocation chômage',
    'Formation',
    'Rendez-vous avec le conseiller',
    'Création d’entreprise',
  ]),
  voice('NET-sip', 'SIP', 'le service des impôts', 260, { days: 15, share: 0.8 }, [
    'Déclaration de revenus',
    'Taxe foncière',
    'Prélèvement à la source',
    'Réclamation',
    'Changement d’adresse',
  ]),
  voice('NET-sie', 'SIE', 'le service des impôts des entreprises', 90, { days: 18, share: 0.75 }, [
    'Remboursement de TVA',
    'Cotisation foncière des entreprises',
    'Création d’entreprise',
  ]),
  voice('NET-police', 'Police nationale', 'le commissariat', 160, { days: 21, share: 0.7 }, [
    'Dépôt de plainte',
    'Main courante',
    'Procuration de vote',
  ]),
  voice('NET-gendarmerie', 'Gendarmerie nationale', 'la brigade', 140, { days: 14, share: 0.85 }, [
    'Dépôt de plainte',
    'Opération tranquillité vacances',
    'Procuration de vote',
  ]),
  voice('NET-prefecture', 'Préfecture', 'la préfecture', 300, { days: 24, share: 0.68 }, [
    'Titre de séjour',
    'Naturalisation',
    'Permis de conduire',
    'Rendez-vous en ligne',
    'Association : déclaration',
  ]),
  voice('NET-tribunal-judiciaire', 'Tribunal judiciaire', 'le tribunal', 60, { days: 30, share: 0.6 }, [
    'Aide juridictionnelle',
    'Saisine du juge aux affaires familiales',
    'Certificat de nationalité',
  ]),
  voice('NET-crous', 'Crous', 'le Crous', 70, { days: 10, share: 0.85 }, [
    'Bourse sur critères sociaux',
    'Logement étudiant',
    'Restauration universitaire',
  ]),
  voice('NET-urssaf', 'Urssaf', 'l’Urssaf', 80, { days: 11, share: 0.88 }, [
    'Cotisations',
    'Déclaration d’auto-entrepreneur',
    'Pajemploi',
    'Cesu',
  ]),
  voice('NET-carsat', 'Carsat', 'la Carsat', 120, { days: 13, share: 0.87 }, [
    'Demande de retraite',
    'Relevé de carrière',
    'Pension de réversion',
    'Aide à domicile',
  ]),
  voice('NET-ants', 'ANTS', 'l’ANTS', 200, { days: 8, share: 0.9 }, [
    'Carte d’identité',
    'Passeport',
    'Permis de conduire',
    'Carte grise',
  ]),
];
