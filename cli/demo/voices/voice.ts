import { numbers, words } from './words.ts';

/** A structure of the directory that testimonies can be about. */
export interface Told {
  structure: string;
  code: string;
  network: string;
  site: string | null;
  departement: string;
  region: string;
  departementName: string;
}

export interface VoiceConcern {
  told: Told;
  channels: readonly string[];
  status: 'PUBLISHED' | 'TO_PROCESS' | 'DRAFT' | 'TRANSFERRED';
  /** Day of the reply, of those that are published. */
  answered: string | null;
  similarity: string;
}

/** A plausible testimony, in the terms of the tables. */
export interface Voice {
  number: number;
  state: 'PUBLISHED' | 'REJECTED';
  title: string;
  body: string;
  pseudonym: string;
  postedAs: 'INDIVIDUAL' | 'BUSINESS' | 'ASSOCIATION';
  feeling: 'POSITIVE' | 'NEUTRAL' | 'NEGATIVE';
  written: string;
  published: string;
  home: Told | null;
  similar: number;
  acted: string | null;
  tags: readonly string[];
  procedure: string | null;
  concerns: readonly VoiceConcern[];
}

export const TAG_IDS = [
  'relation',
  'reactivite',
  'information-explication',
  'simplicite-complexite',
  'accessibilite',
] as const;

const CHANNELS = [['Guichet'], ['Téléphone'], ['Internet'], ['Courrier'], ['Guichet', 'Téléphone'], []];
const PROCEDURES = Array.from({ length: 150 }, (_, index) => `démarche ${index + 1}`);
const DAY_MS = 86_400_000;
/** Nearly ten years, in which more and more is written. */
const FIRST = Date.UTC(2016, 10, 1);
const DAYS = 3600;

const day = (at: number) => new Date(FIRST + Math.floor(at) * DAY_MS).toISOString().slice(0, 10);

/** The testimony of a number among `count`, in the order of publication: always the same one. */
export function voiceOf(number: number, count: number, places: readonly Told[]): Voice {
  const next = numbers(number * 2_654_435_761);
  const written = DAYS * Math.sqrt(number / count) + next() * 20;
  const published = written + 1 + next() * 9;
  const [lived, quality] = [next(), next()];
  const told = toldOf(next, places);
  return {
    number: 100_000 + number,
    state: next() < 0.03 ? 'REJECTED' : 'PUBLISHED',
    title: words(next, 3 + Math.floor(next() * 5)),
    body: words(next, Math.round(20 + 55 * -Math.log(1 - next() * 0.98))),
    pseudonym: `Démonstration${Math.floor(next() * 900)}`,
    postedAs: quality < 0.9 ? 'INDIVIDUAL' : quality < 0.97 ? 'BUSINESS' : 'ASSOCIATION',
    feeling: lived < 0.52 ? 'POSITIVE' : lived < 0.62 ? 'NEUTRAL' : 'NEGATIVE',
    written: day(written),
    published: day(published),
    home: next() < 0.7 ? (told[0] ?? null) : null,
    similar: Math.floor(next() * 4),
    acted: next() < 0.04 ? day(published + 10) : null,
    tags: TAG_IDS.filter(() => next() < 0.3),
    procedure: next() < 0.8 ? (PROCEDURES[Math.floor(next() ** 2 * PROCEDURES.length)] ?? null) : null,
    concerns: told.map((one) => concernOf(next, one, written, published)),
  };
}

/** One to three different structures; some are told of far more than others. */
function toldOf(next: () => number, places: readonly Told[]): Told[] {
  const many = next();
  const found = new Set<Told>();
  for (let more = many < 0.77 ? 1 : many < 0.94 ? 2 : 3; more > 0; more -= 1) {
    const place = places[Math.floor(next() ** 2.5 * places.length)];
    if (place) found.add(place);
  }
  return [...found];
}

function concernOf(next: () => number, told: Told, written: number, published: number): VoiceConcern {
  const at = next();
  const status = at < 0.84 ? 'PUBLISHED' : at < 0.95 ? 'TO_PROCESS' : at < 0.97 ? 'DRAFT' : 'TRANSFERRED';
  const answered = Math.max(published, written - 12 * Math.log(1 - next() * 0.9));
  return {
    told,
    status,
    channels: CHANNELS[Math.floor(next() * CHANNELS.length)] ?? [],
    answered: status === 'PUBLISHED' ? day(answered) : null,
    similarity: (next() * 100).toFixed(2),
  };
}
