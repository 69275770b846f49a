import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { communeCenters } from './centers.ts';

const communes = createRequire(import.meta.url)('@etalab/decoupage-administratif/data/communes.json') as {
  code: string;
  type: string;
  departement: string;
}[];

test('communes without intercommunality are not each other’s neighbours', () => {
  const places = new Map([
    ['29', { code: '29232', latitude: 47.996, longitude: -4.098 }],
    ['975', { code: '97502', latitude: 46.78, longitude: -56.18 }],
    ['988', { code: '98818', latitude: -22.27, longitude: 166.45 }],
  ]);
  const cities = ['13055', '69123', '75056'].map((code) => ({ code, latitude: 0, longitude: 0 }));
  // One town hall in every département: all other communes are estimated from it.
  const halls = [
    ...new Map(
      communes
        .filter(({ type }) => type === 'commune-actuelle')
        .map(({ code, departement }) => [
          departement,
          places.get(departement) ?? { code, latitude: 0, longitude: 0 },
        ]),
    ).values(),
  ];
  const centers = new Map(
    communeCenters([...halls, ...cities], [], new Map()).map((center) => [center.code, center]),
  );
  expect(centers.get('29155')).toEqual({ ...places.get('29'), code: '29155', method: 'NEIGHBOURS' });
  expect(centers.get('97501')).toEqual({ ...places.get('975'), code: '97501', method: 'NEIGHBOURS' });
  expect(centers.get('98819')).toEqual({ ...places.get('988'), code: '98819', method: 'NEIGHBOURS' });
});
