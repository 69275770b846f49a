import { fold } from '../../../kernel/text.ts';

/** How a user is in contact with a service, in the words of the platform, and other ways to say it. */
const CHANNELS: Readonly<Record<string, readonly string[]>> = {
  Guichet: ['accueil', 'accueil physique', 'sur place', 'en agence', 'rendez-vous'],
  Téléphone: ['appel', 'par téléphone'],
  Courrier: ['courrier postal', 'lettre', 'par courrier'],
  Courriel: ['e-mail', 'email', 'mail', 'messagerie'],
  'Site internet': ['internet', 'en ligne', 'site web', 'web', 'démarche en ligne'],
  'Application mobile': ['application', 'appli'],
  'Réseaux sociaux': [],
  Visioconférence: ['visio'],
  Borne: ['borne en libre-service'],
  Autre: [],
};

export const CHANNEL_LABELS = Object.keys(CHANNELS);

const LABELS = new Map(
  Object.entries(CHANNELS).flatMap(([label, others]) => [label, ...others].map((one) => [fold(one), label])),
);

/** The platform's label of a channel, whatever its accents and case; undefined for none that is known. */
export const channelLabel = (said: string): string | undefined => LABELS.get(fold(said));
