/**
 * Which themes of testimonies speak of which commitment of 2024. The programme publishes no such table: it is our
 * reading of the themes of the platform beside the wording of the commitments, and the graph says so.
 */
const THEMES: Readonly<Record<string, readonly string[]>> = {
  E1: ['relation'],
  E2: ['accessibilite'],
  E4: ['reactivite'],
  E5: ['information-explication', 'simplicite-complexite'],
};

/** Commitments of 2021 by what became of them; number 8 has no theme of its own. */
const OF_2021: Readonly<Record<string, string>> = { '1': 'E1', '2': 'E2', '5': 'E4', '7': 'E7' };

/** « Votre avis est pris en compte »: every testimony asks for it. */
const HEARD = 'E7';

/**
 * The themes that speak of a commitment: a list of tags, `ALL` for what every testimony speaks of, null where none
 * does.
 *
 * @param commitment COMMITMENT-E4, COMMITMENT-2021-5
 */
export function themesOf(commitment: string): readonly string[] | 'ALL' | null {
  const code = commitment.slice('COMMITMENT-'.length);
  const today = code.startsWith('2021-') ? (OF_2021[code.slice('2021-'.length)] ?? '') : code;
  return today === HEARD ? 'ALL' : (THEMES[today] ?? null);
}
