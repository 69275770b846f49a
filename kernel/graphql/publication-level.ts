import { PUBLICATION_LEVELS, type PublicationLevel } from '../ids.ts';
import type { HubBuilder } from './builder.ts';

const MEANING: Record<PublicationLevel, string> = {
  SITE: 'One place of reception.',
  DEPARTEMENT: 'A département.',
  REGION: 'A région.',
  NATIONAL: 'The whole country.',
};

/** Their enum, the same in every subgraph that tells of which level results are. */
export const publicationLevelType = <Context extends object>(builder: HubBuilder<Context>) =>
  builder.enumType('PublicationLevel', {
    description: 'Finest level at which results are published, or what a structure answers for.',
    values: Object.fromEntries(
      PUBLICATION_LEVELS.map((level) => [level, { description: MEANING[level] }]),
    ) as Record<PublicationLevel, { description: string }>,
  });
