import type { Pace } from './contest.ts';

/** How a run is asked for, and where it tells of its steps. */
export interface Run {
  pace: Pace;
  say: (line: string) => void;
}
