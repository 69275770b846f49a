/** What a service does about one of its weak points, and how it tells it afterwards. */
export interface DemoTheme {
  commitments: string;
  title: string;
  description: string;
  impact: string;
  story: string;
  before: string;
  after: string;
}

export const THEMES: readonly DemoTheme[] = [
  {
    commitments: 'E2',
    title: 'Répondre au téléphone aux heures d’affluence',
    description:
      'Deux agents de plus le lundi et le mardi matin, rappel proposé après trois minutes d’attente.',
    impact: 'Le lundi matin, on décroche',
    story: 'Vous étiez nombreux à nous dire que le téléphone sonnait dans le vide en début de semaine.',
    before: 'Un appel sur deux aboutissait le lundi matin.',
    after: 'Neuf appels sur dix aboutissent, et nous rappelons les autres dans la journée.',
  },
  {
    commitments: 'E2, E3',
    title: 'Proposer des rendez-vous sans passer par internet',
    description:
      'Prise de rendez-vous à l’accueil et par téléphone, créneaux réservés le mercredi après-midi.',
    impact: 'Un rendez-vous sans ordinateur',
    story: 'Plusieurs d’entre vous ne pouvaient pas prendre rendez-vous en ligne.',
    before: 'Le rendez-vous se prenait sur internet seulement.',
    after: 'Il se prend aussi à l’accueil et par téléphone.',
  },
  {
    commitments: 'E4',
    title: 'Tenir les délais annoncés',
    description: 'Suivi hebdomadaire des dossiers qui approchent du délai, renfort entre services.',
    impact: 'Votre dossier suivi jusqu’au bout',
    story: 'Vous ne saviez pas où en était votre dossier.',
    before: 'Un dossier sur cinq dépassait le délai annoncé.',
    after: 'Un message vous prévient à chaque étape, et un dossier sur vingt dépasse le délai.',
  },
  {
    commitments: 'E5',
    title: 'Réécrire les dix courriers les plus envoyés',
    description: 'Atelier de réécriture avec des usagers testeurs, test avant diffusion.',
    impact: 'Des courriers que l’on comprend',
    story: 'Vos signalements nous ont montré quels courriers étaient les plus difficiles.',
    before: 'Trois pages, dix sigles, et la décision à la fin.',
    after: 'Une page, la décision en premier, et ce qu’il faut faire.',
  },
  {
    commitments: 'E1',
    title: 'Aménager un espace d’accueil calme',
    description: 'Déplacement de la file d’attente, un bureau fermé pour les échanges personnels.',
    impact: 'Parler sans être entendu de tous',
    story: 'Vous étiez gênés de parler de votre situation devant la file d’attente.',
    before: 'L’accueil se faisait au comptoir, devant tout le monde.',
    after: 'Un bureau fermé est ouvert à qui le demande.',
  },
  {
    commitments: 'E1, E5',
    title: 'Expliquer les erreurs les plus fréquentes',
    description: 'Une fiche « bien remplir sa demande » remise à l’accueil et jointe aux formulaires.',
    impact: 'Moins de dossiers refusés pour une case oubliée',
    story: 'Une erreur de bonne foi retardait votre demande de plusieurs semaines.',
    before: 'Trois demandes sur dix revenaient incomplètes.',
    after: 'Une sur dix, et nous appelons avant de la renvoyer.',
  },
  {
    commitments: 'E3',
    title: 'Accueillir les personnes sourdes et malentendantes',
    description: 'Interprétation en langue des signes à distance, boucle magnétique à deux guichets.',
    impact: 'Un accueil en langue des signes',
    story: 'Une association d’usagers nous a demandé un accueil en langue des signes.',
    before: 'Il fallait venir avec un proche.',
    after: 'Un interprète est joint à distance, sans rendez-vous.',
  },
  {
    commitments: 'E7',
    title: 'Répondre à chaque témoignage sous une semaine',
    description: 'Un agent référent par semaine, modèles de réponse relus avec le comité d’usagers.',
    impact: 'Une réponse à chaque témoignage',
    story: 'Vous nous écriviez sans recevoir de réponse.',
    before: 'Un témoignage sur trois restait sans réponse.',
    after: 'Chaque témoignage reçoit une réponse en une semaine.',
  },
  {
    commitments: 'E6',
    title: 'Afficher les résultats à l’accueil',
    description: 'Un panneau par trimestre, avec ce qui est fait quand l’objectif n’est pas tenu.',
    impact: 'Nos résultats, à l’accueil et en clair',
    story: 'Vous vouliez savoir ce que devenaient vos réponses aux enquêtes.',
    before: 'Les résultats n’étaient publiés que sur internet.',
    after: 'Ils sont à l’accueil, avec les actions en cours.',
  },
  {
    commitments: 'E8',
    title: 'Réduire le papier et l’énergie du site',
    description: 'Impression recto verso à la demande, chauffage baissé la nuit, éclairage à détection.',
    impact: 'Moitié moins de papier',
    story: 'Vous receviez par courrier ce que vous aviez déjà par courriel.',
    before: 'Chaque notification partait en double.',
    after: 'Une seule, sous la forme que vous choisissez.',
  },
];

/** What a self-diagnosis says of each commitment, when it is well kept and when it is not. */
export const FINDINGS: Readonly<Record<string, readonly [good: string, weak: string]>> = {
  E1: [
    'Accueil courtois, relevé par les enquêtes.',
    'Les agents demandent une formation au droit à l’erreur.',
  ],
  E2: ['Horaires et téléphone affichés et à jour.', 'Le téléphone décroche mal en début de semaine.'],
  E3: [
    'Deux agents formés à l’accompagnement numérique.',
    'Aucune solution pour les usagers qui ne parlent pas français.',
  ],
  E4: ['Délais tenus et annoncés dès l’accueil.', 'Le délai annoncé est dépassé en janvier et en septembre.'],
  E5: ['Courriers relus avec des usagers.', 'Trois courriers restent à réécrire.'],
  E6: ['Résultats affichés à l’accueil chaque trimestre.', 'Résultats affichés de plus d’un an.'],
  E7: [
    'Réponse à tous les témoignages du trimestre.',
    'Des témoignages attendent une réponse depuis un mois.',
  ],
  E8: ['Consommation d’énergie suivie, en baisse.', 'Pas encore de suivi du papier.'],
};
