import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Position, SpaceTree } from './space-tree.ts';

const degrees = (most: number) =>
  fc.integer({ min: -most * 1000, max: most * 1000 }).map((milli) => milli / 1000);
const position = fc.record({ latitude: degrees(90), longitude: degrees(180) });
/** Near the date line, the poles and one another, where a mistake would show. */
const close = fc.record({
  latitude: fc.constantFrom(-90, -89.95, 0, 0.05, 46, 46.05, 89.95, 90),
  longitude: fc.constantFrom(-180, -179.95, 0, 2.1, 2.15, 179.95, 180),
});
const positions = fc.array(fc.oneof(position, close), { minLength: 1, maxLength: 60 });

/** The spherical law of cosines in its stable form (Vincenty): another formula than the chord of the tree. */
function kilometres(a: Position, b: Position): number {
  const rad = Math.PI / 180;
  const [p, q, d] = [a.latitude * rad, b.latitude * rad, (b.longitude - a.longitude) * rad];
  const across = Math.hypot(
    Math.cos(q) * Math.sin(d),
    Math.cos(p) * Math.sin(q) - Math.sin(p) * Math.cos(q) * Math.cos(d),
  );
  return 6371.0088 * Math.atan2(across, Math.sin(p) * Math.sin(q) + Math.cos(p) * Math.cos(q) * Math.cos(d));
}

test('the nearest is as far as the least of all distances, anywhere on the globe', () => {
  fc.assert(
    fc.property(positions, fc.oneof(position, close), (all, from) => {
      const least = Math.min(...all.map((each) => kilometres(from, each)));
      expect(new SpaceTree(all).nearestKm(from)).toBeCloseTo(least, 4);
    }),
    { numRuns: 400 },
  );
});

test('within a distance: those that are, each once', () => {
  fc.assert(
    fc.property(positions, fc.oneof(position, close), fc.constantFrom(1, 10, 500, 9000), (all, from, km) => {
      const found = new SpaceTree(all).within(from, km).sort((a, b) => a - b);
      // On the edge itself rounding decides.
      const clear = (sign: number) =>
        all.flatMap((each, index) => (kilometres(from, each) <= km + sign * 1e-4 ? [index] : []));
      expect(clear(1)).toEqual(expect.arrayContaining(found));
      expect(found).toEqual(expect.arrayContaining(clear(-1)));
      expect(new Set(found).size).toBe(found.length);
    }),
    { numRuns: 400 },
  );
});

test('no positions, nothing near', () => {
  const tree = new SpaceTree([]);
  expect([
    tree.nearestKm({ latitude: 0, longitude: 0 }),
    tree.within({ latitude: 0, longitude: 0 }, 10),
  ]).toEqual([null, []]);
});
