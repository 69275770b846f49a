import type { ExpertRole } from '../rewrite/tables.ts';
import type { DocumentKind, Problem, ReportStatus } from '../tables.ts';

/** What a document is, in the words of the files. */
export const KINDS: Readonly<Record<string, DocumentKind>> = {
  courrier: 'LETTER',
  lettre: 'LETTER',
  courriel: 'EMAIL',
  formulaire: 'FORM',
  'page web': 'WEB_PAGE',
};

/** What makes a document hard to understand. */
export const PROBLEMS: Readonly<Record<string, Problem>> = {
  jargon: 'JARGON',
  'trop dense': 'TOO_DENSE',
  'motif de refus peu clair': 'REFUSAL_UNCLEAR',
  'trop long': 'TOO_LONG',
  sigles: 'ACRONYMS',
  'mise en page': 'LAYOUT',
  ordre: 'ORDER',
  autre: 'OTHER',
};

/** How far a report is. */
export const STATES: Readonly<Record<string, ReportStatus>> = {
  reçu: 'RECEIVED',
  examiné: 'TRIAGED',
  'en réécriture': 'IN_REWRITE',
  testé: 'USER_TESTED',
  diffusé: 'DISSEMINATED',
  écarté: 'DECLINED',
};

export const REPORTERS: Readonly<Record<string, 'USER' | 'AGENT'>> = { usager: 'USER', agent: 'AGENT' };

/** Who was consulted on a new text: roles, never names. */
export const EXPERTS: Readonly<Record<string, ExpertRole>> = {
  juristes: 'LEGAL',
  métier: 'BUSINESS_RULES',
  'langage clair': 'PLAIN_LANGUAGE',
  designers: 'DESIGN',
  accueil: 'FRONT_DESK',
  "associations d'usagers": 'USER_ASSOCIATION',
  accessibilité: 'ACCESSIBILITY',
  autres: 'OTHER',
};
