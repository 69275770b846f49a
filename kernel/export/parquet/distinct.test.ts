import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Distinct } from './distinct.ts';

const all = (distinct: Distinct) => {
  const values: string[] = [];
  distinct.forEach((bytes, start, end) => void values.push(bytes.toString('utf8', start, end)));
  return values;
};

/** Many of few, so that they come again, and texts of any length. */
const texts = fc.array(
  fc.oneof(
    fc.nat(600).map(String),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('', 'é', '\u0000', 'x'.repeat(5000)),
  ),
  { maxLength: 2000, size: 'max' },
);

test('each value is kept once, in the order in which it came, again after it was emptied', () => {
  const distinct = new Distinct();
  fc.assert(
    fc.property(texts, (values) => {
      distinct.clear();
      const known = new Map<string, number>();
      for (const value of values) {
        const index = known.get(value) ?? known.size;
        known.set(value, index);
        const bytes = Buffer.from(`..${value}..`);
        expect(distinct.indexOf(bytes, 2, bytes.length - 2)).toBe(index);
      }
      expect(all(distinct)).toEqual([...known.keys()]);
      expect(distinct.size).toBe(known.size);
      expect(distinct.length).toBe([...known.keys()].reduce((sum, key) => sum + Buffer.byteLength(key), 0));
    }),
    { numRuns: 30 },
  );
});
