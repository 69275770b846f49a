import { expect, test } from 'vitest';
import { cogSource } from './cog.source.ts';

interface Point {
  centre: string;
  latitude: number;
  longitude: number;
}

/** Latitude from, to, longitude from, to: where the communes whose code starts so can be. */
const BOXES: Readonly<Record<string, readonly [number, number, number, number]>> = {
  '971': [15.8, 16.6, -61.9, -60.9],
  '972': [14.3, 14.9, -61.3, -60.8],
  '973': [2.1, 5.9, -54.7, -51.6],
  '974': [-21.5, -20.8, 55.2, 55.9],
  '975': [46.7, 47.2, -56.5, -56.1],
  // The directory puts the town hall of Bouéni some 20 km south of it.
  '976': [-13.2, -12.5, 44.9, 45.4],
  '977': [17.8, 18, -63, -62.7],
  '978': [18, 18.2, -63.2, -62.9],
  '984': [-67, -11, 39, 141],
  '986': [-14.5, -13, -178.3, -176],
  '987': [-28, -7.8, -155, -134],
  '988': [-23, -19, 158, 172.2],
  '989': [10, 10.5, -109.5, -109],
  // The mainland and Corsica, with their islands.
  '': [41.3, 51.1, -5.2, 9.6],
};

test('every commune has its centre where it lies, islands that belong to no intercommunality too', async () => {
  const { stream } = await cogSource();
  const points: Point[] = [];
  for await (const line of stream) {
    const element = JSON.parse(String(line)) as Partial<Point>;
    if (element.centre !== undefined) points.push(element as Point);
  }
  expect(points.length).toBe(35_014);
  const elsewhere = points.filter(({ centre, latitude, longitude }) => {
    const [south = 0, north = 0, west = 0, east = 0] = BOXES[centre.slice(0, 3)] ?? BOXES[''] ?? [];
    return latitude < south || latitude > north || longitude < west || longitude > east;
  });
  expect(elsewhere).toEqual([]);
});
