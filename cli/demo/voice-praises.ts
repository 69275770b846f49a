import type { DemoTopic } from './voice-topic.ts';

const thanks = (...answers: readonly string[]) =>
  [
    'Merci beaucoup pour ce retour encourageant.',
    'Votre message a été transmis à l’équipe, qui en est touchée.',
  ].flatMap((opening) => answers.map((answer) => `${opening} ${answer}`));

/** What goes well, and what could go better. */
export const DEMO_PRAISES: readonly DemoTopic[] = [
  {
    feeling: 'Positif',
    weight: 13,
    tags: ['Relation'],
    channels: ['Guichet'],
    titles: ['Un accueil remarquable', 'Accueil chaleureux et efficace', 'Merci pour votre écoute'],
    sentences: [
      [
        'Je me suis rendue à l’accueil pour ma démarche « {procedure} ».',
        'J’avais rendez-vous à {service} pour : {procedure}.',
        'Un peu perdu dans mon dossier ({procedure}), je suis passé sans rendez-vous.',
      ],
      [
        'L’agent a pris le temps de m’expliquer chaque étape avec des mots simples.',
        'La personne qui m’a reçu a été patiente, souriante et très professionnelle.',
        'On a vérifié toutes mes pièces avec moi avant de les transmettre.',
      ],
      [
        'Je suis repartie rassurée, et mon dossier a été traité dans la semaine.',
        'C’est agréable d’être considéré comme une personne et non comme un numéro.',
        'Dix minutes plus tard tout était réglé, sans attente.',
      ],
    ],
    replies: thanks(
      'La qualité de l’accueil est l’un de nos engagements et votre témoignage nous conforte.',
      'Nous le partagerons lors de notre prochaine réunion d’équipe.',
    ),
    improvements: ['Faire connaître l’accueil sans rendez-vous'],
  },
  {
    feeling: 'Positif',
    weight: 9,
    tags: ['Simplicité/Complexité', 'Réactivité'],
    channels: ['Internet'],
    titles: ['Démarche rapide et simple', 'Tout en ligne en dix minutes', 'Agréablement surpris'],
    sentences: [
      [
        'J’ai fait ma démarche « {procedure} » entièrement en ligne.',
        'Je redoutais les formalités ({procedure}) et tout s’est passé simplement.',
        'Demande déposée un dimanche soir : {procedure}.',
      ],
      [
        'Les questions sont claires et la liste des pièces est donnée dès le début.',
        'Un message m’a prévenu à chaque étape.',
        'La réponse est arrivée avant la date annoncée.',
      ],
      [
        'Bravo à {service} pour cette simplification.',
        'C’est ce que l’on attend d’un service public.',
        'Je recommande à ceux qui hésitent encore.',
      ],
    ],
    replies: thanks('Nous poursuivons la simplification de nos démarches avec les usagers.'),
    improvements: ['Étendre à d’autres démarches'],
  },
  {
    feeling: 'Neutre',
    weight: 8,
    tags: ['Réactivité', 'Relation'],
    channels: ['Guichet'],
    titles: ['Bon accueil mais trop d’attente', 'Avis partagé', 'Des agents aimables, une salle pleine'],
    sentences: [
      [
        'Venu pour ma démarche « {procedure} », j’ai attendu une heure et demie.',
        'La salle d’attente était pleine ce matin ({procedure}).',
        'Le rendez-vous (objet : {procedure}) a commencé avec beaucoup de retard.',
      ],
      [
        'L’agent a ensuite été très compétent et aimable.',
        'Au guichet, en revanche, tout a été réglé en cinq minutes.',
        'Les explications données étaient claires.',
      ],
      [
        'Un second guichet aux heures d’affluence serait bienvenu.',
        'Afficher les heures creuses éviterait bien des attentes.',
        'Il manque des sièges pour les personnes âgées.',
      ],
    ],
    replies: thanks('Les heures creuses sont désormais affichées à l’entrée et sur notre site.'),
    improvements: ['Afficher les heures d’affluence', 'Ouvrir un second guichet'],
  },
  {
    feeling: 'Positif',
    weight: 6,
    tags: ['Relation', 'Information/Explication'],
    channels: ['Téléphone'],
    titles: [
      'Une conseillère à l’écoute',
      'Erreur corrigée avec bienveillance',
      'Problème résolu en un appel',
    ],
    sentences: [
      [
        'Je m’étais trompé dans ma démarche « {procedure} ».',
        'J’ai appelé {service}, inquiète d’une erreur de ma part : {procedure}.',
        'Au téléphone pour ma démarche ({procedure}), j’ai eu quelqu’un en deux minutes.',
      ],
      [
        'La conseillère m’a dit que j’avais droit à l’erreur et a corrigé avec moi.',
        'On m’a signalé une aide à laquelle je n’avais pas pensé.',
        'Le conseiller m’a rappelé comme promis le lendemain.',
      ],
      [
        'Aucune pénalité, et un dossier en ordre : merci.',
        'Je n’ai pas eu à me justifier, c’est précieux.',
        'Le problème a été résolu en un seul appel.',
      ],
    ],
    replies: thanks('Le droit à l’erreur est l’un de nos engagements : n’hésitez pas à nous solliciter.'),
    improvements: ['Mieux faire connaître le droit à l’erreur'],
  },
  {
    feeling: 'Neutre',
    weight: 5,
    tags: ['Information/Explication'],
    channels: ['Internet', 'Courrier'],
    titles: ['Une suggestion', 'Question sur mes droits', 'Proposition d’amélioration'],
    sentences: [
      [
        'Je souhaite faire une suggestion au sujet de : {procedure}.',
        'Ma démarche « {procedure} » s’est terminée correctement.',
        'Une question sur la démarche « {procedure} ».',
      ],
      [
        'Il serait utile de recevoir un rappel avant la date limite.',
        'La page d’information pourrait donner des exemples concrets.',
        'Les horaires affichés sur le site ne sont pas ceux de la porte.',
      ],
      [
        'Merci de ce que vous pourrez faire.',
        'Cela éviterait des déplacements inutiles.',
        'Je reste disponible pour en parler.',
      ],
    ],
    replies: thanks('Votre proposition a été transmise au comité d’usagers, qui l’examinera.'),
    improvements: ['Envoyer un rappel avant la date limite', 'Corriger les horaires affichés'],
  },
];
