/** What stands for a value that nobody gave. */
export const UNKNOWN = 'Non précisé';

/** Values of enums in French, to be shown. */
export const FRENCH: Readonly<Record<string, string>> = {
  LETTER: 'Courrier',
  EMAIL: 'Courriel',
  FORM: 'Formulaire',
  WEB_PAGE: 'Page web',
  JARGON: 'Jargon',
  TOO_DENSE: 'Trop dense',
  REFUSAL_UNCLEAR: 'Motif de refus peu clair',
  TOO_LONG: 'Trop long',
  ACRONYMS: 'Sigles',
  LAYOUT: 'Mise en page',
  ORDER: 'Ordre',
  OTHER: 'Autre',
  RECEIVED: 'Reçu',
  TRIAGED: 'Examiné',
  IN_REWRITE: 'En réécriture',
  USER_TESTED: 'Testé avec des usagers',
  DISSEMINATED: 'Diffusé',
  DECLINED: 'Écarté',
};
