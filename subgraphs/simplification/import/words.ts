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
