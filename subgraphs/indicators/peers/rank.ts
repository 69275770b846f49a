import { setImmediate as nextTurn } from 'node:timers/promises';
import { Big } from 'big.js';
import { compareDecimals, type Decimal } from '../../../kernel/decimal.ts';
import { DENSITIES, type Density } from '../../../kernel/surroundings.ts';
import { VOLUMES, type Volume } from './tables.ts';

/** Units of one group, one after the other in the order of the ids of subjects; withheld units are not among them. */
export interface Units {
  gid: number;
  /** Number of each subject, see `place`. */
  pids: readonly string[];
  values: readonly Decimal[];
  /** What each answers for, respondents or cases; empty where it is not known. */
  amounts: readonly (Decimal | '')[];
  densities: readonly (Density | '')[];
  /** A subject of the group stands in a place whose density is not known. */
  unplaced: boolean;
}

/** A set of peers of a group; empty texts are any density, any volume. */
export interface RankedPeers {
  density: Density | '';
  volume: Volume | '';
  units: number;
  /** Distinct values, the lowest first. */
  values: Decimal[];
  /** How many units have at most each of them. */
  upTo: number[];
}

export interface RankedGroup {
  gid: number;
  /** The first set is the whole group. */
  peers: RankedPeers[];
  /** Where the volumes of the second and the last third begin. */
  mediumFrom: Decimal | null;
  largeFrom: Decimal | null;
  /** First of the units with the lowest and the highest value. */
  lowest: string;
  highest: string;
}

/** A group with more units is ranked in several turns: requests need not wait for one of a whole country. */
const LARGE = 5_000;

/**
 * Ranks the units of a group among their peers: those of the same density, of the same volume, of both, and all. Peers
 * of one volume and any density are asked for by units of an unknown place only.
 */
export async function rankUnits({
  gid,
  pids,
  values,
  amounts,
  densities,
  unplaced,
}: Units): Promise<RankedGroup> {
  const others = () => (pids.length > LARGE ? nextTurn() : undefined);
  await others();
  const { order, isSame } = ascending(values);
  await others();
  const { thirds, mediumFrom, largeFrom } = thirdsOf(amounts);
  await others();
  const cells = CELLS.map(
    ([density, volume]): RankedPeers => ({ density, volume, units: 0, values: [], upTo: [] }),
  );
  const last = new Array<number>(CELLS.length).fill(-1);
  const add = (cell: number, unit: number) => {
    const set = cells[cell];
    if (set === undefined) return;
    set.units += 1;
    const before = last[cell] ?? -1;
    if (before !== -1 && isSame(before, unit)) {
      set.upTo[set.upTo.length - 1] = set.units;
      return;
    }
    last[cell] = unit;
    set.values.push(values[unit] ?? '');
    set.upTo.push(set.units);
  };
  for (const unit of order) {
    const density = densities[unit] === '' ? 0 : 4 * (1 + DENSITIES.indexOf(densities[unit] as Density));
    const volume = thirds[unit] ?? 0;
    add(0, unit);
    if (density > 0) add(density, unit);
    if (density > 0 && volume > 0) add(density + volume, unit);
    if (unplaced && volume > 0) add(volume, unit);
  }
  const named = (unit: number | undefined) => pids[unit ?? -1] ?? '';
  const peers = cells.filter(({ units }) => units > 0);
  return { gid, peers, mediumFrom, largeFrom, lowest: named(order[0]), highest: named(last[0]) };
}

/** Sets of peers: number 4 × density + volume, 0 being any. */
const CELLS = ['' as const, ...DENSITIES].flatMap((density) =>
  ['' as const, ...VOLUMES].map((volume) => [density, volume] as const),
);

/** The order of some decimals, by their place; equal ones stay as they stand. Empty texts are left out. */
function ascending(texts: readonly string[]) {
  // The nearest binary numbers, made once, are in the same order, or equal.
  const keys = Float64Array.from(texts, Number);
  const exact = (a: number, b: number) =>
    texts[a] === texts[b] ? 0 : compareDecimals(texts[a] ?? '0', texts[b] ?? '0');
  const compare = (a: number, b: number) => (keys[a] ?? 0) - (keys[b] ?? 0) || exact(a, b);
  const order = [...texts.keys()].filter((at) => texts[at] !== '').sort(compare);
  return { order, isSame: (a: number, b: number) => compare(a, b) === 0 };
}

/** The third of each unit that has a volume, 1 to 3, else 0; equal volumes are in the same one. */
function thirdsOf(amounts: readonly string[]) {
  const { order, isSame } = ascending(amounts);
  const thirds = new Uint8Array(amounts.length);
  const from: (Decimal | null)[] = [null, null, null, null];
  let smaller = 0;
  for (const [index, unit] of order.entries()) {
    if (!isSame(order[smaller] ?? unit, unit)) smaller = index;
    const third = 3 * smaller < order.length ? 1 : 3 * smaller < 2 * order.length ? 2 : 3;
    thirds[unit] = third;
    from[third] ??= amounts[unit] ?? null;
  }
  return { thirds, mediumFrom: from[2] ?? null, largeFrom: from[3] ?? null };
}

/** The middle unit of a set of peers, or half-way between the two middle ones: exact, halving a decimal always ends. */
export function medianOf({ units, values, upTo }: RankedPeers): Decimal {
  const unit = (rank: number) => values[upTo.findIndex((count) => count >= rank)] ?? '0';
  return new Big(unit(Math.ceil(units / 2)))
    .plus(unit(Math.floor(units / 2) + 1))
    .times('0.5')
    .toFixed();
}
