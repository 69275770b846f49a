/**
 * For tests: which unknowns can be worked out from what is shown. Each shown figure says the sum of some
 * unknowns, each so many times; an unknown is determined when its unit vector is in the space that these rows span.
 * Computed modulo a prime: the coefficients are small whole numbers.
 */
const PRIME = 1_000_003n;

export const inverse = (value: bigint): bigint => {
  let result = 1n;
  for (let power = PRIME - 2n, base = value; power > 0n; power >>= 1n, base = (base * base) % PRIME) {
    if (power & 1n) result = (result * base) % PRIME;
  }
  return result;
};

/** The unknowns of a total that is shown: each counts once, or so many times. */
export type Sum = readonly string[] | ReadonlyMap<string, number>;

const times = (sum: Sum, unknown: string): number =>
  'get' in sum ? (sum.get(unknown) ?? 0) : Number(sum.includes(unknown));

/** Unknowns of `hidden` that `sums` determine. */
export function determined(hidden: readonly string[], sums: readonly Sum[]): string[] {
  const rows: bigint[][] = sums
    .map((sum) => hidden.map((unknown) => BigInt(times(sum, unknown))))
    .filter((row) => row.some((cell) => cell !== 0n));
  const pivots: number[] = [];
  for (let column = 0, at = 0; column < hidden.length && at < rows.length; column += 1) {
    const found = rows.findIndex((row, index) => index >= at && row[column] !== 0n);
    if (found === -1) continue;
    const [pivot = []] = rows.splice(found, 1);
    const scale = inverse(pivot[column] ?? 1n);
    const scaled = pivot.map((cell) => (cell * scale) % PRIME);
    rows.splice(at, 0, scaled);
    for (const [index, row] of rows.entries()) {
      const factor = row[column] ?? 0n;
      if (index === at || factor === 0n) continue;
      rows[index] = row.map((cell, k) => (((cell - factor * (scaled[k] ?? 0n)) % PRIME) + PRIME) % PRIME);
    }
    pivots.push(column);
    at += 1;
  }
  // In reduced form an unknown is determined when its pivot row holds nothing else.
  return hidden.filter((_unknown, column) => {
    const at = pivots.indexOf(column);
    return at !== -1 && (rows[at] ?? []).filter((cell) => cell !== 0n).length === 1;
  });
}
