import type { Density, Setting } from '../../../kernel/surroundings.ts';
import { type Position, SpaceTree } from '../surroundings/space-tree.ts';

/** Whose access: everybody's, or that of the people of a setting or of a density. */
export type Part = '' | Setting | Density;

/** A commune, or an arrondissement, with the people who are all taken to live at its centre. */
export interface Home {
  people: number;
  position: Position;
  /** Territories that hold it. */
  above: readonly string[];
  density: Density | null;
  setting: Setting | null;
}

/** How far the people of a territory are from the nearest site of a network. Metres by great circle. */
export interface Access {
  network: string;
  territory: string;
  part: Part;
  population: number;
  /** The least distance that at least half of them, and nine tenths of them, have not to exceed. */
  medianM: number;
  p90M: number;
  within5Km: number;
  within10Km: number;
  within20Km: number;
}

type Group = Omit<Access, 'network'>;

/** Access to each network, of the people of every territory together and by setting and density. */
export function accessOf(homes: readonly Home[], sites: ReadonlyMap<string, readonly Position[]>): Access[] {
  const { groups, groupsOf } = group(homes);
  const found: Access[] = [];
  for (const [network, positions] of sites) {
    if (positions.length === 0) continue;
    const tree = new SpaceTree(positions);
    const metres = homes.map(({ position }) => Math.round((tree.nearestKm(position) ?? 0) * 1000));
    const nearestFirst = homes
      .map((_home, index) => index)
      .sort((a, b) => (metres[a] ?? 0) - (metres[b] ?? 0));
    const measures = groups.map((each): Measure => ({ ...each, reached: 0 }));
    for (const index of nearestFirst) {
      for (const at of groupsOf[index] ?? []) {
        const measure = measures[at];
        if (measure) count(measure, metres[index] ?? 0, homes[index]?.people ?? 0);
      }
    }
    found.push(...measures.map(({ reached: _reached, ...measure }) => ({ network, ...measure })));
  }
  return found;
}

type Measure = Group & { reached: number };

/** Adds people at a distance, no shorter than those before. */
function count(measure: Measure, metres: number, people: number): void {
  const { reached: before, population } = measure;
  const after = before + people;
  measure.reached = after;
  if (before * 2 < population && after * 2 >= population) measure.medianM = metres;
  if (before * 10 < population * 9 && after * 10 >= population * 9) measure.p90M = metres;
  if (metres <= 5000) measure.within5Km += people;
  if (metres <= 10_000) measure.within10Km += people;
  if (metres <= 20_000) measure.within20Km += people;
}

/** The groups of people that are measured, and to which of them each home belongs. */
function group(homes: readonly Home[]) {
  const groups: Group[] = [];
  const known = new Map<string, number>();
  const groupsOf = homes.map(({ above, people, density, setting }) =>
    above.flatMap((territory) =>
      partsOf(density, setting).map((part) => {
        const key = `${territory} ${part}`;
        const at = known.get(key) ?? groups.push({ territory, part, ...NOBODY }) - 1;
        known.set(key, at);
        const each = groups[at];
        if (each) each.population += people;
        return at;
      }),
    ),
  );
  return { groups, groupsOf };
}

function partsOf(density: Density | null, setting: Setting | null): Part[] {
  if (setting === null) return [''];
  return setting === 'OVERSEAS' || density === null ? ['', setting] : ['', setting, density];
}

const NOBODY = { population: 0, medianM: 0, p90M: 0, within5Km: 0, within10Km: 0, within20Km: 0 };
