import type { Told } from './rising.ts';

/** What a signal is looked for in. */
export const SIGNAL_PLACES = {
  NETWORK: 'A network of public services.',
  DEPARTEMENT: 'A département, of the structures concerned.',
  STRUCTURE: 'A structure concerned.',
} as const;
export type SignalPlace = keyof typeof SIGNAL_PLACES;

export type SignalKind = 'TAG' | 'WORD';

/** Windows of the past that a window is compared with. */
export const BASELINE_WINDOWS = 6;

/** Highest corrected p-value of what is told: of the signals shown, one in twenty may be none. */
export const LEVEL = 0.05;

/** More testimonies than this are not gone through word by word while somebody waits. */
export const MOST_TESTIMONIES = 20_000;

export interface SignalArguments {
  network: string | null;
  territory: string | null;
  by: SignalPlace;
  /** Days. */
  window: number;
  minimum: number;
  /** Last day of the window; null for the last day on which a testimony was published. */
  asOf: string | null;
}

/** What is looked through: days of publication, and how many testimonies. */
export interface Period {
  asOf: string;
  /** First day of the window, and of the windows before it. */
  from: string;
  baselineFrom: string;
  testimonies: number;
}

/** A tag or a word told more often at a place than before, at least `minimum` times in the window. */
export interface Rising extends Told {
  kind: SignalKind;
  /** Id of the tag, or stem of the word. */
  value: string;
  /** Id of the network, the département or the structure. */
  place: string;
  /** Of the testimonies that tell it in the window, those that were lived badly. */
  negative: number;
}

/** A rise that chance does not explain. */
export interface Signal extends Rising {
  /** Name of the tag, or the word in its most frequent written form. */
  label: string;
  expected: number;
  probability: number;
  corrected: number;
}

/** The signals of a period, the least explained by chance first. */
export interface Signals {
  /** Null when nothing was ever published. */
  period: Period | null;
  /** Pairs of a place and a tag or word told at least `minimum` times, now and before together. */
  tested: number;
  signals: Signal[];
}
