import { bridges, type Flow } from './bridges.ts';

/** Withheld units of one group in a lowest territory and of a density (or overseas, or '?' where unknown). */
export interface HiddenUnits {
  territory: string;
  leaf: string;
  units: number;
}

/** What the units of a territory add up to, and whether its figure shows it. */
export interface TerritoryTotal {
  territory: string;
  /** The territory above; empty for the nation. */
  parent: string;
  shown: boolean;
}

/** A figure by setting or density; `small` ones are withheld already. */
export interface SettingTotal {
  place: string;
  respondents: number | null;
  small: boolean;
}

const SETTING_OF: Readonly<Record<string, string>> = {
  DENSE: 'URBAN',
  INTERMEDIATE: 'URBAN',
  SPARSE: 'RURAL',
  VERY_SPARSE: 'RURAL',
};
/** The sum of everything, reached from the settings; the other one is the territory FR. */
const TOTAL = '*';

type Target = { place: string } | { unit: true } | null;

/**
 * Which figures by setting must be withheld beside the small ones, so that nothing withheld can be worked out from
 * them together with the figures of territories.
 *
 * Two trees share their leaves, the withheld units: territories up to the nation, and densities up to settings. What
 * is withheld flows from one to the other through a unit; a figure that is shown is a flow that is known. So what can
 * be worked out are the bridges of the graph of unknown flows. As long as a withheld unit, or a small figure, is one,
 * the figure is withheld that is nearest to it and has the fewest respondents.
 */
export function toWithhold(
  units: readonly HiddenUnits[],
  territories: readonly TerritoryTotal[],
  settings: readonly SettingTotal[],
): string[] {
  const hidden = new Set(settings.filter(({ small }) => small).map(({ place }) => place));
  const added: string[] = [];
  const fewest = settings.toSorted(
    (a, b) =>
      (a.respondents ?? Number.MAX_SAFE_INTEGER) - (b.respondents ?? Number.MAX_SAFE_INTEGER) ||
      a.place.localeCompare(b.place),
  );
  for (;;) {
    const open = bridges([...flowsOf(units, territories), ...settingFlows(settings, hidden)]).filter(
      (flow): flow is Flow<NonNullable<Target>> => isTarget(flow.about, settings),
    );
    if (open.length === 0) return added;
    const near = new Set(open.flatMap(({ to, from }) => [to, from, SETTING_OF[to] ?? '']));
    const shown = fewest.filter(({ place }) => !hidden.has(place));
    const next = shown.find(({ place }) => near.has(place)) ?? shown[0];
    // Everything is withheld: what is left to see was there before the figures by setting.
    if (next === undefined) return added;
    hidden.add(next.place);
    added.push(next.place);
  }
}

/** A withheld unit; a small figure, in which some of them are. */
function isTarget(about: Target, settings: readonly SettingTotal[]): boolean {
  if (about === null) return false;
  return 'unit' in about || settings.some(({ place, small }) => small && place === about.place);
}

function flowsOf(units: readonly HiddenUnits[], territories: readonly TerritoryTotal[]): Flow<Target>[] {
  const leaves = new Set(units.map(({ leaf }) => leaf));
  return [
    ...units.map(({ territory, leaf, units: same }) => ({
      from: territory,
      to: leaf,
      same,
      about: { unit: true } as const,
    })),
    ...territories
      .filter(({ shown }) => !shown)
      .map(({ territory, parent }) => ({ from: territory, to: parent || TOTAL, same: 1, about: null })),
    // No figure shows the units whose density nobody knows.
    ...(leaves.has('?') ? [{ from: '?', to: TOTAL, same: 1, about: null }] : []),
  ];
}

const settingFlows = (settings: readonly SettingTotal[], hidden: ReadonlySet<string>): Flow<Target>[] =>
  settings
    .filter(({ place }) => hidden.has(place))
    .map(({ place }) => ({ from: place, to: SETTING_OF[place] ?? TOTAL, same: 1, about: { place } }));
