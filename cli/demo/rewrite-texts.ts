/** A letter, e-mail, form or page before and after; invented, as administrations write and as they could. */
export interface DemoText {
  /** Code of the network. */
  network: string;
  kind: 'courrier' | 'courriel' | 'formulaire' | 'page web';
  title: string;
  /** The document of the register that it is; one that nobody recognised when omitted. */
  document?: string;
  before: string;
  after: string;
}

/** Texts of services for families, health and work. */
export const SOCIAL_TEXTS: readonly DemoText[] = [
  {
    network: 'caf',
    kind: 'courrier',
    title: 'Trop-perçu : dire combien, pourquoi, et que faire',
    before:
      'Madame, Monsieur,\n\nConsécutivement au réexamen de votre situation et en application des dispositions de l’article L. 553-2 du code ' +
      'de la sécurité sociale, il est apparu que des prestations vous ont été indûment servies au titre de la période susvisée, générant ' +
      'à votre encontre une créance dont le recouvrement sera opéré, sauf régularisation immédiate de votre part, par retenues sur vos ' +
      'prestations à échoir, nonobstant toute contestation éventuelle.',
    after:
      'Madame, Monsieur,\n\nVous avez reçu 240 euros de trop entre janvier et mars. Vos revenus ont changé et nous ne le savions pas encore.\n\n' +
      'Ce qui se passe maintenant :\n- nous retenons 40 euros par mois sur vos aides, à partir de mai ;\n- vous n’avez rien à faire si vous êtes d’accord.\n\n' +
      'Vous n’êtes pas d’accord ? Écrivez-nous avant le 30 juin. Vous pouvez aussi demander à payer moins chaque mois.',
  },
  {
    network: 'caf',
    kind: 'courriel',
    title: 'Une pièce manque : un courriel qui dit laquelle',
    before:
      'L’instruction de votre dossier ne peut être poursuivie en l’état, celui-ci étant incomplet. Il vous appartient de produire dans les ' +
      'meilleurs délais les pièces justificatives afférentes à votre situation, faute de quoi votre demande sera réputée caduque.',
    after:
      'Il manque un document pour étudier votre demande : votre quittance de loyer de mars.\n\nEnvoyez-la avant le 15 mai depuis votre espace « Mon compte ». ' +
      'Une photo lisible suffit.\n\nSans ce document, nous devrons fermer votre demande. Vous pourrez en faire une autre.',
  },
  {
    network: 'cpam',
    kind: 'courrier',
    title: 'Indemnités journalières : la décision d’abord',
    before:
      'J’ai l’honneur de vous informer que, suite à l’avis défavorable rendu par le service du contrôle médical, le versement des indemnités ' +
      'journalières afférentes à votre arrêt de travail ne pourra être maintenu au-delà de la date mentionnée ci-dessous, l’aptitude à ' +
      'l’exercice d’une activité professionnelle quelconque ayant été médicalement constatée.',
    after:
      'Nous ne verserons plus vos indemnités journalières à partir du 12 avril.\n\nPourquoi ? Le médecin-conseil pense que vous pouvez reprendre un travail.\n\n' +
      'Que faire ?\n- Parlez-en à votre médecin traitant.\n- Vous n’êtes pas d’accord ? Vous avez deux mois pour nous écrire.',
  },
  {
    network: 'cpam',
    kind: 'formulaire',
    title: 'Complémentaire santé solidaire : deux pages au lieu de huit',
    before:
      'Le demandeur est tenu de déclarer l’intégralité des ressources, imposables ou non, perçues par l’ensemble des personnes composant le foyer ' +
      'au sens de la réglementation, au cours des douze mois civils précédant le dépôt de la demande, à l’exclusion de celles limitativement ' +
      'énumérées en annexe.',
    after:
      'Vos revenus des douze derniers mois\n\nNotez ce que chaque personne du foyer a reçu : salaires, pensions, allocations.\n\n' +
      'Ne notez pas : le RSA, la prime d’activité, les aides au logement.\n\nUn doute ? Laissez la case vide : nous vous appellerons.',
  },
  {
    network: 'msa',
    kind: 'courrier',
    title: 'Retraite agricole : une date et un montant',
    before:
      'Nous avons l’avantage de porter à votre connaissance que votre demande de liquidation de pension de retraite a fait l’objet d’une décision ' +
      'd’attribution dont vous trouverez le détail dans la notification annexée, établie conformément à la législation en vigueur.',
    after:
      'Votre retraite commence le 1er juin.\n\nVous recevrez 842 euros par mois, le 9 de chaque mois.\n\nLe calcul est expliqué au dos de cette lettre. Gardez-la toute votre vie.',
  },
  {
    network: 'france-travail',
    kind: 'courriel',
    title: 'Actualisation : rappeler la date, pas la loi',
    before:
      'Conformément à l’article R. 5411-17 du code du travail, l’absence de renouvellement périodique de votre demande d’emploi dans les délais ' +
      'impartis est susceptible d’entraîner la cessation de votre inscription ainsi que l’interruption du versement de votre allocation.',
    after:
      'Vous avez jusqu’au 15 mai pour vous actualiser.\n\nCela prend deux minutes sur le site ou l’application.\n\nAprès cette date, votre allocation s’arrête. Un problème ? Appelez le 3949.',
  },
  {
    network: 'france-travail',
    kind: 'courrier',
    title: 'Refus d’allocation : la raison en deux phrases',
    before:
      'Il résulte de l’examen de votre demande que vous ne justifiez pas de la condition d’affiliation minimale requise par le règlement ' +
      'd’assurance chômage, votre durée d’emploi étant inférieure à celle fixée par ledit règlement au cours de la période de référence affiliation.',
    after:
      'Nous ne pouvons pas vous verser d’allocation chômage.\n\nPourquoi ? Il faut avoir travaillé six mois en deux ans. Nous avons compté quatre mois.\n\n' +
      'Vous avez travaillé davantage ? Envoyez-nous vos contrats ou vos fiches de paie.',
  },
  {
    network: 'france-travail',
    kind: 'page web',
    title: 'Allocation : ce que vous recevez, et quand',
    document: 'DOC-DEMO-france-travail-25',
    before:
      'Le montant journalier de l’allocation d’aide au retour à l’emploi est déterminé par application d’une formule de calcul tenant compte du ' +
      'salaire journalier de référence, lequel est établi sur la base des rémunérations entrant dans l’assiette des contributions au cours de la période de référence.',
    after:
      'Combien ? Environ 57 % de votre ancien salaire, pour chaque jour du mois.\n\nQuand ? Au début du mois suivant, après votre actualisation.\n\n' +
      'Faites le calcul avec notre simulateur : il faut vos douze dernières fiches de paie.',
  },
  {
    network: 'carsat',
    kind: 'courrier',
    title: 'Relevé de carrière : ce qu’il faut vérifier',
    before:
      'Vous voudrez bien procéder à la vérification exhaustive des éléments portés sur le relevé ci-joint et, le cas échéant, nous faire parvenir toute ' +
      'pièce probante de nature à permettre la régularisation des périodes lacunaires.',
    after:
      'Vérifiez votre relevé de carrière.\n\nRegardez surtout :\n1. les années où vous avez changé d’emploi ;\n2. les périodes de chômage ou de maladie.\n\nIl manque quelque chose ? Envoyez une copie de vos fiches de paie.',
  },
];

/** Texts of taxes, papers, justice and studies. */
export const OTHER_TEXTS: readonly DemoText[] = [
  {
    network: 'sip',
    kind: 'courrier',
    title: 'Délai de paiement : un échéancier lisible',
    before:
      'Votre demande de délais de paiement a retenu toute mon attention. Après examen de votre situation financière, je vous informe que je consens, ' +
      'à titre exceptionnel et sous réserve du strict respect des échéances, un plan de règlement échelonné dont l’inexécution entraînerait la déchéance du terme.',
    after:
      'Nous acceptons que vous payiez en trois fois :\n- 150 euros le 15 mai ;\n- 150 euros le 15 juin ;\n- 150 euros le 15 juillet.\n\nUn paiement en retard ? Tout devra être payé d’un coup. Prévenez-nous avant.',
  },
  {
    network: 'sip',
    kind: 'page web',
    title: 'Changement de situation : trois cas au lieu d’un texte',
    before:
      'Les contribuables dont la situation de famille ou le montant des revenus connaît une modification substantielle ont la faculté de solliciter une ' +
      'actualisation de leur taux de prélèvement à la source, dans les conditions et limites prévues par le code général des impôts.',
    after:
      'Votre vie change ? Votre impôt aussi.\n\n- Mariage ou PACS : dites-le dans les deux mois.\n- Naissance : dites-le quand vous voulez.\n- Baisse de revenus : demandez un taux plus bas.\n\nTout se fait en ligne, en dix minutes.',
  },
  {
    network: 'sie',
    kind: 'courriel',
    title: 'TVA en retard : une relance sans menace',
    before:
      'Sauf erreur ou omission de notre part, la déclaration de taxe sur la valeur ajoutée afférente à la période citée en objet n’est pas parvenue à ' +
      'nos services, cette défaillance vous exposant à l’application des pénalités prévues à l’article 1728 du code général des impôts.',
    after:
      'Nous n’avons pas reçu votre déclaration de TVA de mars.\n\nDéposez-la avant le 30 avril : vous n’aurez pas de pénalité.\n\nVous l’avez déjà envoyée ? Ne tenez pas compte de ce message.',
  },
  {
    network: 'prefecture',
    kind: 'courrier',
    title: 'Titre de séjour : le rendez-vous en premier',
    before:
      'En vue de l’instruction de votre demande de renouvellement de titre de séjour, vous êtes invité à vous présenter personnellement au guichet compétent, ' +
      'muni de l’ensemble des pièces énumérées en annexe, toute absence non justifiée valant renonciation au bénéfice de ladite demande.',
    after:
      'Votre rendez-vous : mardi 6 mai à 10 h, guichet 4.\n\nApportez :\n- votre passeport ;\n- trois photos ;\n- un justificatif de domicile.\n\nVous ne pouvez pas venir ? Changez la date en ligne avant le 2 mai.',
  },
  {
    network: 'tribunal-judiciaire',
    kind: 'courrier',
    title: 'Aide juridictionnelle : ce qui est pris en charge',
    before:
      'Par décision du bureau d’aide juridictionnelle, le bénéfice de l’aide juridictionnelle partielle vous a été accordé, la contribution de l’État à la ' +
      'rétribution de l’auxiliaire de justice étant fixée à un pourcentage déterminé en considération de vos ressources.',
    after:
      'L’État paie une partie de votre avocat : 55 %.\n\nLe reste est à votre charge. Demandez le prix à votre avocat avant de commencer.\n\nVous avez quinze jours pour contester cette décision.',
  },
  {
    network: 'crous',
    kind: 'courriel',
    title: 'Bourse : la réponse en une phrase',
    before:
      'Votre dossier social étudiant a fait l’objet d’une instruction au terme de laquelle une notification conditionnelle a été émise, sous réserve de la ' +
      'production ultérieure des justificatifs d’inscription auprès de l’établissement d’enseignement supérieur de rattachement.',
    after:
      'Vous aurez une bourse de 163 euros par mois.\n\nIl reste une chose à faire : envoyez votre certificat d’inscription dès que vous l’avez.\n\nLe premier versement arrive dix jours après.',
  },
  {
    network: 'urssaf',
    kind: 'courrier',
    title: 'Mise en demeure : payer, ou demander un délai',
    before:
      'À défaut de règlement dans le délai d’un mois à compter de la réception de la présente mise en demeure, il sera procédé au recouvrement forcé des ' +
      'cotisations, majorations et pénalités restant dues par toutes voies de droit, sans autre avis.',
    after:
      'Vous devez 1 250 euros de cotisations pour le premier trimestre.\n\nVous avez un mois :\n- pour payer en ligne ;\n- ou pour demander un délai : la réponse arrive en cinq jours.\n\nSans nouvelle de vous, un commissaire de justice vous écrira.',
  },
  {
    network: 'ants',
    kind: 'page web',
    title: 'Carte grise : les étapes dans l’ordre',
    before:
      'Toute cession d’un véhicule à moteur doit donner lieu à une déclaration effectuée par l’ancien titulaire du certificat d’immatriculation dans un délai ' +
      'de quinze jours, l’acquéreur disposant pour sa part d’un délai d’un mois pour solliciter l’immatriculation à son nom.',
    after:
      'Vous vendez votre voiture ?\n\n1. Barrez la carte grise et signez-la.\n2. Déclarez la vente en ligne, dans les 15 jours.\n3. Donnez le code de cession à l’acheteur.\n\nL’acheteur a un mois pour refaire la carte grise.',
  },
];
