/** Mean radius of the Earth, IUGG: the sphere on which `geo.ts` measures too. */
const RADIUS_KM = 6371.0088;

/** Degrees, WGS 84. */
export interface Position {
  latitude: number;
  longitude: number;
}

/**
 * Positions of the globe, found by distance: a k-d tree of points in space (kilometres from the centre of the
 * Earth). Their straight distance grows with the great circle between them, so that neither the poles nor the date
 * line need a rule of their own.
 */
export class SpaceTree {
  readonly #points: readonly (readonly number[])[];
  /** Indexes of the points; the middle of a range splits it along the axis of its depth. */
  readonly #order: number[];

  constructor(positions: readonly Position[]) {
    this.#points = positions.map(inSpace);
    this.#order = positions.map((_position, index) => index);
    this.#build(0, positions.length, 0);
  }

  /** Kilometres by great circle to the nearest position; null when there is none. */
  nearestKm(from: Position): number | null {
    const point = inSpace(from);
    let best = Number.POSITIVE_INFINITY;
    const look = (start: number, end: number, depth: number): void => {
      if (start >= end) return;
      const { middle, node } = this.#node(start, end);
      best = Math.min(best, chord(point, node));
      const gap = (point[depth % 3] ?? 0) - (node[depth % 3] ?? 0);
      const [near, far] = sides(start, middle, end, gap);
      look(near[0], near[1], depth + 1);
      if (Math.abs(gap) < best) look(far[0], far[1], depth + 1);
    };
    look(0, this.#order.length, 0);
    return best === Number.POSITIVE_INFINITY ? null : arc(best);
  }

  /** Indexes of the positions at most `km` away by great circle, the end included; in no order. */
  within(from: Position, km: number): number[] {
    const point = inSpace(from);
    const reach = 2 * RADIUS_KM * Math.sin(km / (2 * RADIUS_KM));
    const found: number[] = [];
    const look = (start: number, end: number, depth: number): void => {
      if (start >= end) return;
      const { middle, node, index } = this.#node(start, end);
      if (chord(point, node) <= reach) found.push(index);
      const gap = (point[depth % 3] ?? 0) - (node[depth % 3] ?? 0);
      if (gap <= reach) look(start, middle, depth + 1);
      if (gap >= -reach) look(middle + 1, end, depth + 1);
    };
    look(0, this.#order.length, 0);
    return found;
  }

  #node(start: number, end: number) {
    const middle = (start + end) >> 1;
    const index = this.#order[middle] ?? 0;
    return { middle, index, node: this.#points[index] ?? [] };
  }

  #build(start: number, end: number, depth: number): void {
    if (end - start < 2) return;
    const middle = (start + end) >> 1;
    this.#select(start, end - 1, middle, depth % 3);
    this.#build(start, middle, depth + 1);
    this.#build(middle + 1, end, depth + 1);
  }

  /** Puts the point of rank `wanted` along an axis in its place, smaller ones before it (Hoare's selection). */
  #select(first: number, last: number, wanted: number, axis: number): void {
    const value = (at: number) => this.#points[this.#order[at] ?? 0]?.[axis] ?? 0;
    while (first < last) {
      const pivot = value((first + last) >> 1);
      let low = first;
      let high = last;
      while (low <= high) {
        while (value(low) < pivot) low += 1;
        while (value(high) > pivot) high -= 1;
        if (low > high) break;
        const moved = this.#order[low] ?? 0;
        this.#order[low] = this.#order[high] ?? 0;
        this.#order[high] = moved;
        low += 1;
        high -= 1;
      }
      if (wanted <= high) last = high;
      else if (wanted >= low) first = low;
      else return;
    }
  }
}

function inSpace({ latitude, longitude }: Position): readonly number[] {
  const [north, east] = [(latitude * Math.PI) / 180, (longitude * Math.PI) / 180];
  return [
    RADIUS_KM * Math.cos(north) * Math.cos(east),
    RADIUS_KM * Math.cos(north) * Math.sin(east),
    RADIUS_KM * Math.sin(north),
  ];
}

function chord(a: readonly number[], b: readonly number[]): number {
  const [x, y, z] = [(a[0] ?? 0) - (b[0] ?? 0), (a[1] ?? 0) - (b[1] ?? 0), (a[2] ?? 0) - (b[2] ?? 0)];
  return Math.sqrt(x * x + y * y + z * z);
}

const arc = (straight: number) => 2 * RADIUS_KM * Math.asin(Math.min(1, straight / (2 * RADIUS_KM)));

const sides = (start: number, middle: number, end: number, gap: number) => {
  const [below, above] = [[start, middle] as const, [middle + 1, end] as const];
  return gap <= 0 ? ([below, above] as const) : ([above, below] as const);
};
