import type { Density, Setting } from '../../../kernel/surroundings.ts';
import { type Position, SpaceTree } from './space-tree.ts';

/** How far around a commune people are counted. */
export const AROUND_KM = 10;

/** Least inhabitants around of each class, the densest first; what has fewer is VERY_SPARSE. */
const LEAST: readonly (readonly [Density, number])[] = [
  ['DENSE', 250_000],
  ['INTERMEDIATE', 50_000],
  ['SPARSE', 10_000],
];

/** A current commune, or an arrondissement. */
export interface Inhabited {
  id: string;
  /** Null where the source gives none. */
  population: number | null;
  /** Null where no centre is known. */
  position: Position | null;
  /** The territories that hold it: département, région, nation. */
  above: readonly string[];
  /** Whether it counts: a commune that has arrondissements counts through them, nearer to where people live. */
  counts: boolean;
}

/** What is known of the surroundings of a territory. */
export interface Surroundings {
  id: string;
  populationWithin10Km: number | null;
  density: Density | null;
  setting: Setting | null;
}

/**
 * Surroundings of all places and of what holds them. People are counted where the centre of their commune is. Above
 * the commune it is the median inhabitant that counts: at least half of the people have at most as many around.
 * @param others territories above the communes, with an overseas one marked by its département
 */
export function surroundingsOf(
  places: readonly Inhabited[],
  others: readonly { id: string; departement: string | null }[],
): Surroundings[] {
  const around = populationsAround(places);
  const inside = new Map<string, { around: number; people: number }[]>();
  for (const place of places) {
    const people = place.population;
    const known = around.get(place.id);
    if (!place.counts || people === null || known === undefined) continue;
    for (const id of place.above) {
      const list = inside.get(id) ?? [];
      list.push({ around: known, people });
      inside.set(id, list);
    }
  }
  const departementOf = ({ above }: Inhabited) => above[0] ?? null;
  return [
    ...places.map((place) => describe(place.id, departementOf(place), around.get(place.id) ?? null)),
    ...others.map(({ id, departement }) => describe(id, departement, medianOf(inside.get(id) ?? []))),
  ];
}

function populationsAround(places: readonly Inhabited[]): Map<string, number> {
  const counted = places.flatMap(({ counts, position, population }) =>
    counts && position !== null && population !== null ? [{ position, population }] : [],
  );
  const tree = new SpaceTree(counted.map(({ position }) => position));
  const around = new Map<string, number>();
  for (const { id, position } of places) {
    if (position === null) continue;
    const near = tree.within(position, AROUND_KM);
    if (near.length === 0) continue;
    around.set(
      id,
      near.reduce((sum, index) => sum + (counted[index]?.population ?? 0), 0),
    );
  }
  return around;
}

function medianOf(people: { around: number; people: number }[]): number | null {
  const total = people.reduce((sum, each) => sum + each.people, 0);
  let upTo = 0;
  for (const each of people.toSorted((a, b) => a.around - b.around)) {
    upTo += each.people;
    if (total > 0 && upTo * 2 >= total) return each.around;
  }
  return null;
}

function describe(id: string, departement: string | null, populationWithin10Km: number | null): Surroundings {
  const density = populationWithin10Km === null ? null : densityOf(populationWithin10Km);
  return { id, populationWithin10Km, density, setting: settingOf(departement, density) };
}

export const densityOf = (populationWithin10Km: number): Density =>
  LEAST.find(([, least]) => populationWithin10Km >= least)?.[0] ?? 'VERY_SPARSE';

/** Overseas départements and collectivities have the codes that begin with 97 or 98 (COG). */
const OVERSEAS = /^DEP-9[78]/;

function settingOf(departement: string | null, density: Density | null): Setting | null {
  if (departement !== null && OVERSEAS.test(departement)) return 'OVERSEAS';
  if (density === null) return null;
  return density === 'DENSE' || density === 'INTERMEDIATE' ? 'URBAN' : 'RURAL';
}
