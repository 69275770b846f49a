/**
 * In what surroundings a place stands. The classes are ours, made of what the hub has; INSEE's communal grid of
 * density, whose spirit they follow, needs squares of one kilometre.
 */
export const DENSITIES = ['DENSE', 'INTERMEDIATE', 'SPARSE', 'VERY_SPARSE'] as const;
export type Density = (typeof DENSITIES)[number];

/** What stands overseas is of its own kind; elsewhere the two denser classes are urban, the others rural. */
export const SETTINGS = ['RURAL', 'URBAN', 'OVERSEAS'] as const;
export type Setting = (typeof SETTINGS)[number];
