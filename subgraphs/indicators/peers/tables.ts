import type { Density } from '../../../kernel/surroundings.ts';
import type { SpreadTable } from '../tables.ts';

/** Thirds of the units of a network by how much they answer for. */
export const VOLUMES = ['SMALL', 'MEDIUM', 'LARGE'] as const;
export type Volume = (typeof VOLUMES)[number];

/** How the units of a network that are peers of one another spread; empty texts are any density, any volume. */
export interface PeerGroupTable extends Omit<SpreadTable, 'lowest_subject_id' | 'highest_subject_id'> {
  density: Density | '';
  volume: Volume | '';
  /** On the row of the whole network: what volumes are, and from which one on they are medium and large. */
  volume_of: 'RESPONDENTS' | 'DENOMINATOR' | null;
  medium_from: string | null;
  large_from: string | null;
}
