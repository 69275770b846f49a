/**
 * Why a testimony is not published, after the charter of the platform: no insults, no personal data, no agent named.
 * « Hors sujet » is a moderator's reason like the others; nothing decides it by itself.
 */
export const REASONS = {
  INSULTS: 'Propos injurieux, agressifs ou diffamatoires',
  PERSONAL_DATA: 'Données personnelles de l’usager ou d’un tiers',
  AGENT_NAMED: 'Agent nommé ou reconnaissable',
  UNLAWFUL: 'Propos discriminatoires ou contraires à la loi',
  OUT_OF_SCOPE: 'Hors sujet : ne relève pas des services publics concernés',
  NOT_AN_EXPERIENCE: 'Ne raconte pas une expérience vécue',
  ADVERTISING: 'Publicité ou démarchage',
  DUPLICATE: 'Doublon d’une autre expérience',
  AUTHOR_REQUEST: 'À la demande de son auteur',
  OTHER: 'Autre motif, précisé par le modérateur',
} as const;

export type Reason = keyof typeof REASONS;
