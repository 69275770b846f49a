import type { DemoTopic } from './voice-topic.ts';

const SORRY = [
  'Nous vous remercions d’avoir pris le temps de nous écrire et vous présentons nos excuses.',
  'Merci pour votre témoignage : nous regrettons la gêne que vous décrivez.',
  'Nous avons lu votre message avec attention et comprenons votre mécontentement.',
];

/** An apology, then each of the answers. */
const sorry = (...answers: readonly string[]) =>
  SORRY.flatMap((apology) => answers.map((answer) => `${apology} ${answer}`));

/** What goes wrong. */
export const DEMO_TROUBLES: readonly DemoTopic[] = [
  {
    feeling: 'Négatif',
    weight: 14,
    tags: ['Réactivité'],
    channels: ['Téléphone'],
    titles: [
      'Impossible de joindre quelqu’un',
      'Attente interminable au téléphone',
      'Téléphone : personne ne répond',
    ],
    sentences: [
      [
        'J’ai appelé {service} six fois en une semaine pour ma démarche « {procedure} ».',
        'Depuis quinze jours j’essaie de joindre {service} au sujet de : {procedure}.',
        'Je cherchais un simple renseignement ({procedure}) et je n’ai jamais eu personne.',
      ],
      [
        'Après vingt minutes d’attente la ligne coupe et il faut tout recommencer.',
        'Le serveur vocal renvoie au site internet, qui renvoie au téléphone.',
        'Un message annonce que tous les conseillers sont occupés, puis plus rien.',
      ],
      [
        'Quand on travaille, il n’est pas possible d’attendre autant.',
        'Être rappelé serait une vraie amélioration.',
        'Je finis par me déplacer, à quarante kilomètres de chez moi.',
      ],
    ],
    replies: sorry(
      'Les appels sont plus nombreux en début de mois ; un rappel automatique est proposé depuis ce trimestre.',
      'Un conseiller vous a rappelé cette semaine et votre demande est à jour.',
    ),
    improvements: ['Proposer un rappel', 'Annoncer le temps d’attente'],
  },
  {
    feeling: 'Négatif',
    weight: 15,
    tags: ['Réactivité', 'Information/Explication'],
    channels: ['Courrier', 'Internet'],
    titles: [
      'Dossier en attente depuis des mois',
      'Aucune nouvelle de mon dossier',
      'Délai annoncé non respecté',
    ],
    sentences: [
      [
        'Ma demande « {procedure} » est en attente depuis trois mois.',
        'J’ai déposé un dossier complet ({procedure}) et le délai annoncé est largement dépassé.',
        'Le site indique toujours « en cours de traitement » pour ma démarche : {procedure}.',
      ],
      [
        'Aucun courrier, aucun message : je ne sais pas si une pièce manque.',
        'On me répond de patienter, sans me dire jusqu’à quand.',
        'J’ai renvoyé les justificatifs deux fois, sans accusé de réception.',
      ],
      [
        'Cette attente met mon budget en difficulté.',
        'Connaître une date, même lointaine, changerait tout.',
        'Je n’ose plus rien prévoir tant que ce n’est pas réglé.',
      ],
    ],
    replies: sorry(
      'Votre dossier a été repris par un gestionnaire et la décision vous a été notifiée.',
      'Un retard de traitement touche ces demandes ; des renforts permettent de revenir au délai annoncé.',
    ),
    improvements: ['Afficher une date prévisible de traitement', 'Envoyer un accusé de réception'],
  },
  {
    feeling: 'Négatif',
    weight: 11,
    tags: ['Simplicité/Complexité'],
    channels: ['Internet'],
    titles: [
      'Site internet bloqué',
      'Démarche en ligne trop compliquée',
      'Message d’erreur au dernier écran',
    ],
    sentences: [
      [
        'J’ai voulu faire en ligne ma démarche « {procedure} ».',
        'Impossible de terminer ma demande sur internet : {procedure}.',
        'J’ai passé une soirée entière sur le formulaire ({procedure}).',
      ],
      [
        'Au moment d’envoyer, un message d’erreur efface tout ce qui a été saisi.',
        'La pièce jointe est refusée sans que l’on sache pourquoi.',
        'Le vocabulaire est incompréhensible et aucune aide n’est proposée.',
      ],
      [
        'Les personnes qui n’ont pas d’ordinateur, comment font-elles ?',
        'J’ai fini par tout envoyer par courrier.',
        'Un numéro d’assistance affiché à l’écran suffirait.',
      ],
    ],
    replies: sorry(
      'L’anomalie a été signalée à nos équipes informatiques et corrigée depuis.',
      'Un espace numérique est ouvert à l’accueil, où un agent peut vous accompagner.',
    ),
    improvements: ['Garder la saisie en cas d’erreur', 'Afficher un contact pendant la démarche'],
  },
  {
    feeling: 'Négatif',
    weight: 8,
    tags: ['Information/Explication'],
    channels: ['Téléphone', 'Guichet'],
    titles: [
      'Des réponses contradictoires',
      'On me renvoie d’un service à l’autre',
      'Informations différentes à chaque fois',
    ],
    sentences: [
      [
        'Trois interlocuteurs, trois réponses différentes sur ma démarche « {procedure} ».',
        'À propos de : {procedure}, on me renvoie d’un service à l’autre.',
        'L’information donnée au guichet n’est pas celle du site ({procedure}).',
      ],
      [
        'On m’a demandé une pièce que j’avais déjà fournie.',
        'Chacun dit que c’est à l’autre de décider.',
        'Personne n’a pu me dire quelle règle s’applique à ma situation.',
      ],
      [
        'J’aimerais avoir un seul interlocuteur.',
        'Je ne demande qu’une explication écrite.',
        'J’ai perdu une journée de travail pour rien.',
      ],
    ],
    replies: sorry(
      'Une référente suit désormais votre dossier et vous a contacté.',
      'La consigne a été rappelée à l’ensemble de nos conseillers et la page d’information corrigée.',
    ),
    improvements: ['Désigner un interlocuteur unique', 'Mettre à jour les pages d’information'],
  },
  {
    feeling: 'Négatif',
    weight: 6,
    tags: ['Simplicité/Complexité', 'Information/Explication'],
    channels: ['Courrier'],
    titles: ['Un courrier incompréhensible', 'Je ne comprends pas cette lettre', 'Des mots trop compliqués'],
    sentences: [
      [
        'J’ai reçu un courrier de {service} au sujet de ma démarche « {procedure} ».',
        'La lettre qui m’a été envoyée ({procedure}) tient sur quatre pages.',
        'Une décision m’est parvenue : {procedure}.',
      ],
      [
        'Elle cite des articles de loi sans dire ce que je dois faire.',
        'On me réclame une somme sans expliquer le calcul.',
        'Même avec l’aide d’une voisine je n’ai pas compris le motif du refus.',
      ],
      [
        'Un exemple chiffré aiderait tout le monde.',
        'Le mot « trop-perçu » devrait être expliqué.',
        'Il faudrait faire relire ces lettres par des usagers.',
      ],
    ],
    replies: sorry('Ce modèle de courrier est en cours de réécriture avec des usagers testeurs.'),
    improvements: ['Réécrire ce courrier en langage clair'],
  },
  {
    feeling: 'Négatif',
    weight: 5,
    tags: ['Accessibilité'],
    channels: ['Guichet'],
    titles: ['Accès difficile en fauteuil', 'Accueil peu accessible', 'Une porte trop lourde'],
    sentences: [
      [
        'Je me déplace en fauteuil et je venais pour ma démarche « {procedure} ».',
        'J’accompagnais ma mère, qui marche difficilement (objet : {procedure}).',
        'Malentendant, je suis venu sur place pour : {procedure}.',
      ],
      [
        'La rampe est trop raide et la porte ne s’ouvre pas automatiquement.',
        'L’appel des numéros se fait seulement à la voix.',
        'La place réservée était occupée par un véhicule de service.',
      ],
      [
        'Il a fallu demander de l’aide dans la rue.',
        'Un aménagement simple suffirait.',
        'Le personnel, lui, a fait ce qu’il a pu.',
      ],
    ],
    replies: sorry('Des travaux sont programmés ; une sonnette d’appel a été posée en attendant.'),
    improvements: ['Ouverture automatique de la porte', 'Boucle magnétique au guichet'],
  },
];
