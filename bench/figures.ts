import type { Part } from './options.ts';

/** One side of a comparison, with its value in each round. */
export interface Side {
  name: string;
  rounds: number[];
}

/** What a ratio is held to. */
export type Bound = { least: number } | { most: number };

/** A measure of the hub, beside the same measure of something else where there is one. */
export interface Measure {
  part: Part;
  what: string;
  unit: string;
  hub: Side;
  against?: Side;
  /** What the ratio must be, and what it aims at. */
  must?: Bound;
  aim?: Bound;
}

/** Middle value; mean of the two in the middle when they are even in number. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = Number.NaN, high = Number.NaN] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[middle]];
  return (low + high) / 2;
}

/** Median of the ratios of each round: both sides of a round ran under nearly the same conditions. */
export function ratio({ hub, against }: Measure): number | null {
  if (!against) return null;
  return median(hub.rounds.map((value, round) => value / (against.rounds[round] ?? Number.NaN)));
}

/** Whether a ratio keeps a bound. */
export const keeps = (value: number, bound: Bound): boolean =>
  'least' in bound ? value >= bound.least : value <= bound.most;

/** `≥ 0.70 × ✓`, or nothing where nothing is asked. */
function judged(value: number | null, bound: Bound | undefined): string {
  if (!bound) return '';
  const asked = 'least' in bound ? `≥ ${bound.least.toFixed(2)} ×` : `≤ ${bound.most.toFixed(2)} ×`;
  return value === null ? asked : `${asked} ${keeps(value, bound) ? '✓' : '✗'}`;
}

const shown = (value: number) =>
  value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(value >= 10 ? 1 : 2);

const spread = ({ rounds }: Side) => `${shown(Math.min(...rounds))}–${shown(Math.max(...rounds))}`;

/** Markdown, aligned so that it reads in a terminal too. */
export function table(measures: readonly Measure[]): string {
  const head = ['', 'what', 'unit', 'hub: median (lowest–highest)', 'against', 'ratio', 'must', 'aim'];
  const rows = measures.map((measure) => {
    const { part, what, unit, hub, against } = measure;
    const side = (each: Side) => `${each.name}: ${shown(median(each.rounds))} (${spread(each)})`;
    const times = ratio(measure);
    return [
      part,
      what,
      unit,
      side(hub),
      against ? side(against) : '–',
      times === null ? '–' : `${times.toFixed(2)} ×`,
      judged(times, measure.must),
      judged(times, measure.aim),
    ];
  });
  const widths = head.map((title, column) =>
    Math.max(...[title, ...rows.map((row) => row[column] ?? '')].map((cell) => cell.length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
