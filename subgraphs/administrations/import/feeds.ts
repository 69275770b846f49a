import type { Feed } from '../../../kernel/import/feed.ts';
import { annuaire } from './annuaire.merge.ts';
import { cog } from './cog.merge.ts';
import { commitmentDisplays, commitmentWordings } from './commitments.merge.ts';
import { competences } from './competences.merge.ts';
import { contacts } from './contacts.merge.ts';
import { announcedDelays, procedures } from './procedures.merge.ts';
import { spStructures } from './sp-structures.merge.ts';
import { structureSites } from './structure-sites.merge.ts';

/** What can be imported into the directory and the administrations, in the order of a first loading. */
export const administrationsFeeds: readonly Feed[] = [
  cog,
  annuaire,
  spStructures,
  structureSites,
  competences,
  contacts,
  procedures,
  announcedDelays,
  commitmentWordings,
  commitmentDisplays,
];
