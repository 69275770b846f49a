/** Requests of a sequence that is long enough to be sent once only. */
const LENGTH = 20_000;

/** The same requests in a long sequence: the one of rank r comes with a probability in 1 / r, as pages of a portal do. */
export function zipf<R>(requests: readonly R[]): R[] {
  const sums: number[] = [];
  let sum = 0;
  for (let rank = 1; rank <= requests.length; rank += 1) {
    sum += 1 / rank;
    sums.push(sum);
  }
  // A sequence of its own for each run would make runs differ: these are the multiples of the golden ratio.
  return Array.from({ length: LENGTH }, (_, index) => {
    const at = ((index * 0.618_033_988_749_895) % 1) * sum;
    const found = requests[sums.findIndex((each) => each > at)];
    if (found === undefined) throw new Error('There is nothing to ask.');
    return found;
  });
}
