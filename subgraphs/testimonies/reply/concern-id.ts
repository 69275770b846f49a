/** A structure concerned by a testimony: its rank there, from 1. */
export interface ConcernKey {
  testimony: string;
  position: number;
}

/** Id of what a structure owes to a testimony: `TEM-41:2`. */
export const concernId = (testimony: string, position: number): string => `${testimony}:${position}`;

/** What such an id names; anything else names a position that nothing has. */
export function concernKey(id: string): ConcernKey {
  // A number of the platform may hold colons too: the last one counts.
  const [, testimony = id, position = '0'] = /^(.+):(\d{1,2})$/s.exec(id) ?? [];
  return { testimony, position: Number(position) };
}
