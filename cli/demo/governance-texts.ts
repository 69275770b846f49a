/** What conferences set as priorities, by commitment. */
export const PRIORITIES: Readonly<Record<string, string>> = {
  E1: 'Afficher à l’accueil les erreurs les plus fréquentes et la façon de les éviter',
  E2: 'Ouvrir un créneau sans rendez-vous le jeudi jusqu’à 18 h 30',
  E3: 'Former les agents d’accueil à l’aide aux démarches en ligne, avec l’espace France services',
  E4: 'Prévenir par message quand un dossier dépasse le délai annoncé',
  E5: 'Réécrire le courrier de demande de pièces avec des usagers',
  E6: 'Rappeler dans les deux jours ceux qui ont laissé un avis négatif',
  E7: 'Réunir le comité d’usagers deux fois par an et publier ce qui en est retenu',
  E8: 'Proposer la visioconférence à ceux qui habitent à plus de trente kilomètres',
};

export const CONFERENCE_SUMMARIES: readonly string[] = [
  'Le bilan de l’année a été présenté, puis chaque groupe a choisi ses priorités.',
  'Les usagers ont insisté sur l’attente au téléphone, les élus sur les horaires d’ouverture.',
  'Les agents ont proposé des solutions simples, dont deux seront essayées dès le mois prochain.',
  'Les partenaires ont demandé un interlocuteur commun pour les situations urgentes.',
];

/** What agents suggest, with the commitments that it serves. */
export const IDEAS: readonly { title: string; description: string; commitments: string }[] = [
  {
    title: 'Un plan du quartier avec l’arrêt de bus',
    description: 'Les usagers demandent chaque jour où s’arrête le bus : un plan à la sortie suffirait.',
    commitments: 'E2',
  },
  {
    title: 'Une feuille pour préparer son rendez-vous',
    description: 'La liste des pièces, remise à l’accueil et envoyée avec la confirmation.',
    commitments: 'E1, E2',
  },
  {
    title: 'Un casque pour téléphoner au calme',
    description: 'Une borne avec casque pour joindre un autre service sans que toute la salle entende.',
    commitments: 'E3',
  },
  {
    title: 'Des exemples remplis au mur',
    description: 'Les trois formulaires les plus demandés, remplis en exemple, près des guichets.',
    commitments: 'E1, E5',
  },
  {
    title: 'Dire la durée d’attente à l’entrée',
    description: 'Un panneau mis à jour toutes les demi-heures par l’agent qui oriente.',
    commitments: 'E2, E4',
  },
  {
    title: 'Relire nos courriels types à deux',
    description: 'Un quart d’heure par semaine pour réécrire un courriel que les usagers comprennent mal.',
    commitments: 'E5',
  },
  {
    title: 'Un bac pour les enveloppes réutilisables',
    description: 'Les enveloppes reçues en bon état servent au courrier interne.',
    commitments: 'E8',
  },
  {
    title: 'Rappeler plutôt que répondre par écrit',
    description:
      'Pour les réclamations simples, un appel règle en cinq minutes ce que trois courriers compliquent.',
    commitments: 'E4, E6',
  },
];

export const SET_ASIDE: readonly string[] = [
  'Le règlement de l’immeuble ne le permet pas.',
  'Le même outil arrivera dans toutes les agences l’an prochain.',
];

/** Major actions with their milestones, invented on the subjects of the programme. */
export const MAJORS: readonly {
  key: string;
  network: string;
  title: string;
  description: string;
  commitments: string;
  state: 'prévue' | 'en cours' | 'terminée' | 'arrêtée';
  milestones: readonly string[];
  reached: number;
}[] = [
  {
    key: 'une-fois',
    network: '',
    title: 'Dites-le-nous une fois',
    description: 'Ne plus demander un justificatif qu’une autre administration possède déjà.',
    commitments: 'E5, E8',
    state: 'en cours',
    milestones: ['Trois justificatifs supprimés', 'Dix justificatifs supprimés', 'Bilan avec les usagers'],
    reached: 2,
  },
  {
    key: 'rappel',
    network: '',
    title: 'Être rappelé plutôt qu’attendre',
    description: 'Proposer le rappel sur les grands numéros des services publics.',
    commitments: 'E2',
    state: 'en cours',
    milestones: ['Essai dans deux réseaux', 'Tous les grands numéros'],
    reached: 1,
  },
  {
    key: 'courriers',
    network: '',
    title: 'Cent courriers réécrits',
    description: 'Réécrire avec des usagers les cent courriers les plus envoyés.',
    commitments: 'E5',
    state: 'terminée',
    milestones: ['Liste arrêtée', 'Cinquante réécrits', 'Cent réécrits'],
    reached: 3,
  },
  {
    key: 'caf-rendez-vous',
    network: 'caf',
    title: 'Un rendez-vous pour chaque changement de situation',
    description: 'Séparation, naissance, perte d’emploi : un rendez-vous proposé dans la semaine.',
    commitments: 'E3, E4',
    state: 'en cours',
    milestones: ['Dix caisses', 'Cinquante caisses', 'Toutes les caisses'],
    reached: 1,
  },
  {
    key: 'ft-conseiller',
    network: 'france-travail',
    title: 'Joindre son conseiller',
    description: 'Une réponse en deux jours ouvrés à tout message adressé à son conseiller.',
    commitments: 'E4',
    state: 'prévue',
    milestones: ['Essai dans deux régions', 'Toutes les agences'],
    reached: 0,
  },
  {
    key: 'borne',
    network: '',
    title: 'Une borne commune dans les gares',
    description: 'Des bornes pour les démarches de plusieurs réseaux.',
    commitments: 'E2',
    state: 'arrêtée',
    milestones: ['Essai dans une gare'],
    reached: 1,
  },
];

export const DECISIONS: readonly { words: string; commitments: string; major: string }[] = [
  {
    words: 'Publier chaque trimestre les délais de réponse de tous les réseaux.',
    commitments: 'E4, E6',
    major: '',
  },
  { words: 'Étendre le rappel aux numéros de la sécurité sociale.', commitments: 'E2', major: 'rappel' },
  {
    words: 'Supprimer le justificatif de domicile pour les titulaires d’un compte vérifié.',
    commitments: 'E5',
    major: 'une-fois',
  },
  {
    words: 'Faire relire par des usagers tout nouveau courrier envoyé à plus de cent mille personnes.',
    commitments: 'E5, E7',
    major: 'courriers',
  },
  {
    words: 'Réunir des entreprises de moins de dix salariés avant toute nouvelle déclaration.',
    commitments: 'E7',
    major: '',
  },
  { words: 'Afficher les engagements dans tous les lieux d’accueil.', commitments: 'E1', major: '' },
];
