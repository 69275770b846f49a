import { badInput } from '../../../kernel/errors.ts';

/** What testimonies can be grouped by, with its meaning. */
export const DIMENSIONS = {
  MONTH: 'Month of publication: 2024-03.',
  FEELING: 'How users lived it.',
  TAG: 'Theme; a testimony counts under each of its tags.',
  CHANNEL: 'How users were in contact; a testimony counts under each channel.',
  PROCEDURE: 'Procedure, else the words of the user; a testimony counts under each.',
  POSTED_AS: 'In which quality users wrote.',
  NETWORK: 'Network of the structure concerned.',
  TYPOLOGY: 'Kind of the structure concerned.',
  STRUCTURE: 'Structure concerned.',
  SITE: 'Site concerned, where it is known.',
  COMMUNE: 'Commune of the structure.',
  DEPARTEMENT: 'Département of the structure.',
  REGION: 'Région of the structure.',
  USER_DEPARTEMENT: 'Département where users live.',
  USER_REGION: 'Région where users live.',
} as const;

export type Dimension = keyof typeof DIMENSIONS;

/** One group of a breakdown: a value and a label for each dimension, null where it is not known. */
export interface Grouped {
  values: (string | null)[];
  labels: string[];
}

/** Testimonies of a group. */
export interface TestimonyGroupRow extends Grouped {
  count: number;
  /** Between 0 and 1, four decimals. */
  share: string;
}

/** Replies owed by a group of structures. */
export interface DelayRow extends Grouped {
  /** Structures concerned by testimonies: each owes its own reply. */
  expected: number;
  answered: number;
  /** Days, one decimal; null when nothing is answered. */
  median_days: string | null;
  p90_days: string | null;
  /** Between 0 and 1, four decimals; null when nothing is expected. */
  answered_share: string | null;
  /** Replies that came, or did not come yet, after the duty; null when no network of the group has a duty. */
  overdue: number | null;
}

/** More groups than this for one subject are refused rather than cut. */
export const MAX_GROUPS = 1000;

/** `groupBy` once checked: at least `least` and at most two different dimensions. */
export function readDimensions(dimensions: readonly Dimension[], least: 0 | 1): Dimension[] {
  const distinct = [...new Set(dimensions)];
  if (distinct.length !== dimensions.length || distinct.length < least || distinct.length > 2) {
    throw badInput(`"groupBy" takes ${least === 0 ? 'up to' : 'one or'} two different dimensions.`);
  }
  return distinct;
}

/** The groups of one subject, unless there are too many of them. */
export function allGroups<G extends Grouped>(groups: G[]): G[] {
  if (groups.length > MAX_GROUPS) {
    throw badInput(`More than ${MAX_GROUPS} groups: narrow the filter or group by something coarser.`);
  }
  return groups;
}
