/**
 * What the demonstration set publishes for each network of the programme. Levels and trends are invented,
 * in plausible ranges; nothing here is a real result.
 */

/**
 * How a network reports an indicator: four kinds of answers, counts out of others, a bare rate as the open data does,
 * a rate with how many answered, a mean with its total, a number of things.
 */
export type Detail = 'ANSWERS' | 'COUNTS' | 'RATE' | 'RESPONDENTS' | 'MEAN' | 'NUMBER';

export interface DemoIndicator {
  id: string;
  detail: Detail;
  /** Typical value in 2018, in percent; for a mean, in its unit. */
  level: number;
  /** Points gained or lost each year. */
  trend: number;
  /** Share of the units that give it as a bare rate. */
  bare?: number;
  /** Defined by each network for itself: its id is made with the network's code. */
  own?: true;
}

export interface DemoNetwork {
  id: string;
  /** Network that stood in its place up to a year: the same sites published under its name. */
  before?: { id: string; lastYear: number };
  indicators: readonly DemoIndicator[];
  /** Share of its sites or structures that publish in 2018, and what is added each year. */
  coverage: { start: number; yearly: number };
}

const asked = (id: string, level: number, trend: number): DemoIndicator => ({
  id,
  detail: 'ANSWERS',
  level,
  trend,
});
const counted = (id: string, level: number, trend: number): DemoIndicator => ({
  id,
  detail: 'COUNTS',
  level,
  trend,
});
const bare = (id: string, level: number, trend: number): DemoIndicator => ({
  id,
  detail: 'RATE',
  level,
  trend,
});

const early = { start: 0.72, yearly: 0.04 };
const late = { start: 0.45, yearly: 0.07 };

export const DEMO_YEARS = [2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025] as const;

export const DEMO_NETWORKS: readonly DemoNetwork[] = [
  {
    id: 'NET-caf',
    coverage: early,
    indicators: [
      asked('IND-SATISFACTION', 71, 0.5),
      asked('IND-SATISFACTION_DELAI', 62, 0.6),
      asked('IND-ACCESSIBILITE', 64, 0.3),
      counted('IND-TAUX_DECROCHE', 83, -0.4),
      counted('IND-RESPECT_DELAI', 88, 0.2),
    ],
  },
  {
    id: 'NET-cpam',
    coverage: early,
    indicators: [
      asked('IND-SATISFACTION', 78, 0.2),
      asked('IND-EFFORT', 74, 0.3),
      counted('IND-TAUX_DECROCHE', 86, -0.7),
      counted('IND-RESPECT_DELAI', 81, 0.4),
    ],
  },
  {
    id: 'NET-msa',
    coverage: late,
    indicators: [
      asked('IND-SATISFACTION', 80, 0.1),
      asked('IND-RELATION', 88, 0.2),
      counted('IND-TAUX_DECROCHE', 91, -0.2),
    ],
  },
  {
    id: 'NET-france-travail',
    before: { id: 'NET-pole-emploi', lastYear: 2023 },
    coverage: early,
    indicators: [
      asked('IND-SATISFACTION', 70, 0.9),
      asked('IND-EFFORT', 72, 0.7),
      counted('IND-RESPECT_DELAI', 92, 0.2),
      bare('IND-TAUX_DECROCHE', 88, 0.3),
    ],
  },
  {
    id: 'NET-sip',
    coverage: late,
    indicators: [asked('IND-SATISFACTION', 82, 0.3), bare('IND-TAUX_DECROCHE', 68, 1.2)],
  },
  {
    id: 'NET-sie',
    coverage: late,
    indicators: [bare('IND-SATISFACTION', 84, 0.2), bare('IND-TAUX_DECROCHE', 79, 0.6)],
  },
  {
    id: 'NET-police',
    coverage: late,
    indicators: [bare('IND-SATISFACTION', 75, 0.4), bare('IND-RELATION', 81, 0.3)],
  },
  {
    id: 'NET-gendarmerie',
    coverage: early,
    indicators: [asked('IND-SATISFACTION', 85, 0.2), asked('IND-RELATION', 89, 0.1)],
  },
  {
    id: 'NET-prefecture',
    coverage: early,
    indicators: [
      asked('IND-SATISFACTION', 76, 0.5),
      counted('IND-RESPECT_DELAI', 79, 0.9),
      bare('IND-TAUX_DECROCHE', 62, 1.1),
    ],
  },
  {
    id: 'NET-tribunal-judiciaire',
    coverage: late,
    indicators: [asked('IND-SATISFACTION', 77, 0.2), asked('IND-RELATION', 86, 0.1)],
  },
  {
    id: 'NET-crous',
    coverage: late,
    indicators: [asked('IND-SATISFACTION', 73, 0.6), bare('IND-SATISFACTION_DELAI', 66, 0.8)],
  },
  {
    id: 'NET-urssaf',
    coverage: early,
    indicators: [asked('IND-SATISFACTION', 79, 0.4), counted('IND-TAUX_DECROCHE', 87, 0.3)],
  },
  {
    id: 'NET-carsat',
    coverage: early,
    indicators: [asked('IND-SATISFACTION', 83, 0.1), counted('IND-RESPECT_DELAI', 90, 0.2)],
  },
  {
    id: 'NET-ants',
    coverage: { start: 1, yearly: 0 },
    indicators: [asked('IND-SATISFACTION', 68, 0.8), counted('IND-RESPECT_DELAI', 71, 1.5)],
  },
];
