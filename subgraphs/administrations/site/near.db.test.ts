import fc from 'fast-check';
import { expect, test } from 'vitest';
import { testDatabase } from '../../../test/kit/database.ts';
import { seed } from '../fixtures/seed.ts';
import type { AdministrationsDatabase } from '../tables.ts';
import type { Position, SiteCriteria } from './site.ts';
import { countSitesAround, sitesAround } from './site-near.query.ts';

const ANY: SiteCriteria = {
  networks: null,
  pivots: null,
  structures: null,
  search: null,
  accessible: null,
  includeClosed: false,
  within: null,
};

/** Places where degrees and kilometres disagree most: the North, the Pacific on both sides of the date line. */
const PLACES: [string, number, number][] = [
  ['lille', 50.63, 3.06],
  ['lille-east', 50.63, 3.2],
  ['lille-north', 50.72, 3.06],
  ['brest', 48.39, -4.49],
  ['ajaccio', 41.93, 8.74],
  ['cayenne', 4.92, -52.31],
  ['saint-pierre', 46.78, -56.18],
  ['noumea', -22.27, 166.44],
  ['mata-utu', -13.28, -176.17],
  ['papeete', -17.54, -149.57],
  ['paris', 48.86, 2.35],
  ['paris-twin', 48.86, 2.35],
];

const database = await testDatabase();
const story = seed().network('NET-caf');
for (const [name, latitude, longitude] of PLACES) {
  story.site(`SITE-${name}`, {
    latitude,
    longitude,
    ...(name.startsWith('paris') ? { network_id: 'NET-caf' } : {}),
  });
}
await story
  .site('SITE-closed', { latitude: 48.86, longitude: 2.35, valid_to: '2020-01-01' })
  .site('SITE-nowhere', { network_id: 'NET-caf' })
  .save(database.connect<AdministrationsDatabase>('administrations', 'owner'));
const db = database.connect<AdministrationsDatabase>('administrations', 'public');

/** The same distance, computed apart: by the law of cosines on unit vectors. */
function kilometres(from: Position, latitude: number, longitude: number): number {
  const unit = (lat: number, lon: number) => {
    const [a, b] = [(lat * Math.PI) / 180, (lon * Math.PI) / 180];
    return [Math.cos(a) * Math.cos(b), Math.cos(a) * Math.sin(b), Math.sin(a)];
  };
  const [p, q] = [unit(from.latitude, from.longitude), unit(latitude, longitude)];
  const chord = Math.hypot(...p.map((value, index) => value - (q[index] ?? 0)));
  return 2 * 6371.0088 * Math.asin(Math.min(1, chord / 2));
}

const expected = (from: Position, radiusKm: number | null) =>
  PLACES.map(([name, latitude, longitude]) => ({
    id: `SITE-${name}`,
    km: kilometres(from, latitude, longitude),
  }))
    .filter(({ km }) => radiusKm === null || km <= radiusKm)
    .map(({ id, km }) => ({ id, km: km.toFixed(3) }))
    .sort((a, b) => Number(a.km) - Number(b.km) || (a.id < b.id ? -1 : 1));

test('from anywhere, every page of any size is the exact order of a full computation', async () => {
  const position = fc.record({
    key: fc.constant('here'),
    latitude: fc.integer({ min: -80_000, max: 80_000 }).map((thousandth) => thousandth / 1000),
    longitude: fc.integer({ min: -180_000, max: 180_000 }).map((thousandth) => thousandth / 1000),
  });
  const radius = fc.option(fc.integer({ min: 1, max: 9000 }));
  await fc.assert(
    fc.asyncProperty(position, radius, fc.integer({ min: 1, max: 4 }), async (from, radiusKm, size) => {
      const walked: { id: string; km: string }[] = [];
      let after: (string | null)[] | null = null;
      for (;;) {
        const rows = await sitesAround(db, [from], ANY, radiusKm, { after, limit: size });
        walked.push(...rows.map(({ id, distanceKm }) => ({ id, km: distanceKm })));
        const last = rows.at(-1);
        if (rows.length < size || !last) break;
        after = last.sortKey;
      }
      expect(walked).toEqual(expected(from, radiusKm));
      const counted = await countSitesAround(db, [from], ANY, radiusKm);
      expect(counted).toEqual([{ id: 'here', count: walked.length }]);
    }),
    { numRuns: 60 },
  );
});

test('positions of a batch do not mix, each with its own nearest', async () => {
  const positions = [
    { key: 'a', latitude: 50.6, longitude: 3 },
    { key: 'b', latitude: -22, longitude: 166 },
  ];
  const rows = await sitesAround(db, positions, ANY, null, { after: null, limit: 2 });
  expect(rows.map(({ scope, id }) => [scope, id])).toEqual([
    ['a', 'SITE-lille'],
    ['a', 'SITE-lille-north'],
    ['b', 'SITE-noumea'],
    ['b', 'SITE-mata-utu'],
  ]);
});

test('the filter comes before the limit; a site without a position has no distance', async () => {
  const here = { key: 'here', latitude: 50.63, longitude: 3.06 };
  const rows = await sitesAround(db, [here], { ...ANY, networks: ['NET-caf'] }, null, {
    after: null,
    limit: 1,
  });
  expect(rows.map(({ id }) => id)).toEqual(['SITE-paris']);
  const count = await countSitesAround(db, [here], { ...ANY, networks: ['NET-caf'] }, null);
  expect(count).toEqual([{ id: 'here', count: 2 }]);
});
