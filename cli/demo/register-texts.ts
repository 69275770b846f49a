/** An error that users make in a procedure of the reference table, and the advice that avoids it. */
export interface DemoError {
  network: string;
  procedure: string;
  error: string;
  consequence: string;
  advice: string;
  /** Share of the cases, in per cent. */
  share: number;
}

const HOUSING = { network: 'caf', procedure: 'PROC-caf-aide-au-logement' };
const BENEFIT = { network: 'france-travail', procedure: 'PROC-france-travail-premier-paiement' };
const CESU = { network: 'urssaf', procedure: 'PROC-urssaf-cesu' };
const PENSION = { network: 'carsat', procedure: 'PROC-carsat-minimum-contributif' };

/** Invented, the most frequent first in each procedure. */
export const ERRORS: readonly DemoError[] = [
  {
    ...HOUSING,
    error: 'Je fais ma demande plusieurs mois après mon entrée dans le logement.',
    consequence: 'L’aide n’est pas versée pour les mois passés.',
    advice: 'Faites la demande dès le premier mois : elle ne peut pas être rétroactive.',
    share: 18,
  },
  {
    ...HOUSING,
    error: 'J’envoie une photo floue de mon bail ou de l’attestation du propriétaire.',
    consequence: 'Le dossier est mis en attente et la pièce redemandée.',
    advice: 'Relisez la photo avant de l’envoyer : chaque page entière, à plat, sans reflet.',
    share: 12,
  },
  {
    ...HOUSING,
    error: 'J’oublie de signaler que je ne vis plus seul.',
    consequence: 'Une partie de l’aide est à rembourser.',
    advice:
      'Signalez le changement dès le jour même dans votre espace : en cas d’oubli de bonne foi, vous avez le droit à l’erreur.',
    share: 7,
  },
  {
    ...BENEFIT,
    error: 'Je n’envoie pas l’attestation de mon dernier employeur.',
    consequence: 'Le premier paiement est retardé.',
    advice: 'Demandez l’attestation le jour de la fin du contrat, et envoyez-la avec l’inscription.',
    share: 21,
  },
  {
    ...BENEFIT,
    error: 'J’oublie de m’actualiser à la fin du mois.',
    consequence: 'L’inscription s’arrête et le paiement aussi.',
    advice: 'Activez le rappel par message : l’actualisation est ouverte jusqu’au 15 du mois suivant.',
    share: 9,
  },
  {
    ...BENEFIT,
    error: 'Je déclare le salaire net au lieu du salaire brut.',
    consequence: 'Le montant versé est faux, et corrigé le mois suivant.',
    advice: 'Recopiez la ligne « salaire brut » du bulletin de paie.',
    share: 6,
  },
  {
    ...CESU,
    error: 'Je déclare le mois où je paie et non le mois travaillé.',
    consequence: 'Le salarié a des droits sur une mauvaise période.',
    advice: 'Choisissez le mois du travail, quelle que soit la date du paiement.',
    share: 11,
  },
  {
    ...CESU,
    error: 'J’oublie les congés payés dans le salaire horaire.',
    consequence: 'Le salaire déclaré est trop bas.',
    advice: 'Ajoutez 10 % au salaire horaire, ou laissez le formulaire le faire.',
    share: 8,
  },
  {
    ...PENSION,
    error: 'Je ne demande pas mes autres retraites avant le minimum contributif.',
    consequence: 'Le minimum ne peut pas être calculé.',
    advice: 'Demandez toutes vos retraites en une fois : un seul formulaire suffit.',
    share: 15,
  },
  {
    ...PENSION,
    error: 'Il manque des trimestres sur mon relevé de carrière.',
    consequence: 'Le montant est plus bas que ce à quoi vous avez droit.',
    advice: 'Vérifiez le relevé deux ans avant le départ et envoyez les bulletins de paie manquants.',
    share: 13,
  },
];

/** A practice that works somewhere. */
interface DemoPractice {
  commitments: string;
  title: string;
  description: string;
  conditions: string;
  results: string;
  contact: string;
}

export const PRACTICES: readonly DemoPractice[] = [
  {
    commitments: 'E2, E4',
    title: 'Appeler avant de renvoyer un dossier incomplet',
    description: 'Un agent appelle l’usager et complète avec lui ce qui manque, au lieu d’écrire.',
    conditions: 'Deux demi-journées d’agent par semaine, un script d’appel d’une page.',
    results: 'Sept dossiers sur dix complétés au premier appel ; onze jours gagnés en moyenne.',
    contact: 'référent qualité du site',
  },
  {
    commitments: 'E5',
    title: 'Relire chaque nouveau courrier avec trois usagers',
    description: 'Trois usagers volontaires lisent le projet à voix haute et disent ce qu’ils ont compris.',
    conditions: 'Une heure par courrier, une salle, un café.',
    results: 'Un appel de moins pour quatre courriers envoyés.',
    contact: 'responsable de la relation avec les usagers',
  },
  {
    commitments: 'E3',
    title: 'Un rendez-vous commun avec la maison France services',
    description: 'Un mardi sur deux, un agent reçoit à la maison France services, avec ses applications.',
    conditions: 'Une convention locale, un poste et une connexion réservés.',
    results: 'Une personne reçue sur trois n’avait jamais fait sa demande.',
    contact: 'chef de projet accès aux droits',
  },
  {
    commitments: 'E7',
    title: 'Le tableau « Vous avez dit, nous avons fait »',
    description: 'À l’accueil, trois remarques du mois et ce qui en a été fait, en dix mots chacune.',
    conditions: 'Une demi-heure par mois, un cadre près de la file d’attente.',
    results: 'Deux fois plus d’avis déposés depuis qu’il existe.',
    contact: 'responsable de l’accueil',
  },
  {
    commitments: 'E1',
    title: 'Un espace calme pour les situations difficiles',
    description: 'Un bureau fermé, sans ordinateur entre l’agent et l’usager, ouvert à qui le demande.',
    conditions: 'Une pièce de huit mètres carrés ; agents formés à l’écoute.',
    results: 'Moitié moins d’incidents à l’accueil en un an.',
    contact: 'encadrant de l’accueil',
  },
];

/** What was changed by those who took a practice up. */
export const REUSES: readonly string[] = [
  'Repris tel quel.',
  'Repris le mercredi seulement, faute d’agents les autres jours.',
  'Repris avec les associations du quartier.',
  'Repris en visioconférence pour les communes éloignées.',
];

/** Kinds of listening bodies as the template words them, and how they are called. */
export const BODIES: readonly { kind: string; name: string }[] = [
  { kind: 'comité d’usagers', name: 'Comité des usagers' },
  { kind: 'panel d’usagers', name: 'Panel d’usagers testeurs' },
  { kind: 'atelier d’usagers', name: 'Ateliers « Parlons-en »' },
  { kind: 'instance mixte', name: 'Conseil local d’écoute' },
];

/** Measures for the environment: the effect of one site, in its unit, more or less a third. */
export const MEASURES: readonly {
  kind: string;
  title: string;
  what: string;
  effect: number;
  unit: string;
}[] = [
  {
    kind: 'énergie',
    title: 'Éclairage par diodes dans tous les bureaux',
    what: 'Remplacement des tubes, détecteurs de présence dans les couloirs.',
    effect: -9200,
    unit: 'kWh par an',
  },
  {
    kind: 'énergie',
    title: 'Chauffage abaissé la nuit et la fin de semaine',
    what: 'Programmation à 16 °C de 19 h à 6 h.',
    effect: -14_800,
    unit: 'kWh par an',
  },
  {
    kind: 'papier',
    title: 'Courriers remplacés par le message de l’espace personnel',
    what: 'Pour les usagers qui l’ont choisi ; le courrier reste sur demande.',
    effect: -21_500,
    unit: 'feuilles par an',
  },
  {
    kind: 'déchets',
    title: 'Tri à la source et compost',
    what: 'Cinq bacs à chaque étage, collecte par une entreprise d’insertion.',
    effect: -640,
    unit: 'kg de déchets par an',
  },
  {
    kind: 'mobilité',
    title: 'Parc à vélos devant l’accueil',
    what: 'Douze places couvertes pour les usagers et les agents.',
    effect: 12,
    unit: 'places',
  },
  {
    kind: 'numérique',
    title: 'Ordinateurs gardés deux ans de plus',
    what: 'Remplacement des disques et de la mémoire ; les plus anciens vont à une association.',
    effect: -34,
    unit: 'ordinateurs achetés',
  },
  {
    kind: 'achats',
    title: 'Fournitures de bureau recyclées',
    what: 'Critère environnemental dans le marché des fournitures.',
    effect: 62,
    unit: '% des achats',
  },
];
