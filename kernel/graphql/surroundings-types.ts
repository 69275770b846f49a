import { DENSITIES, type Density, SETTINGS, type Setting } from '../surroundings.ts';
import type { HubBuilder } from './builder.ts';

/** The enums of surroundings, the same in every subgraph that tells rural places from urban ones. */
export function surroundingsTypes<Context extends object>(builder: HubBuilder<Context>) {
  const DensityEnum = builder.enumType('Density', {
    description:
      'How many people live around a place: inhabitants of the communes whose centre is at most 10 km away. Classes of the hub, not those of INSEE’s communal grid, which needs data that the hub does not have.',
    values: valuesOf(DENSITIES, DENSITY_MEANING),
  });
  const SettingEnum = builder.enumType('Setting', {
    description: 'Rural, urban or overseas: the kinds of territory that are set side by side.',
    values: valuesOf(SETTINGS, SETTING_MEANING),
  });
  return { DensityEnum, SettingEnum };
}

const valuesOf = <V extends string>(values: readonly V[], meaning: Record<V, string>) =>
  Object.fromEntries(values.map((value) => [value, { description: meaning[value] }])) as Record<
    V,
    { description: string }
  >;

const DENSITY_MEANING: Record<Density, string> = {
  DENSE: '250 000 inhabitants or more around.',
  INTERMEDIATE: 'From 50 000 to 249 999 inhabitants around.',
  SPARSE: 'From 10 000 to 49 999 inhabitants around.',
  VERY_SPARSE: 'Fewer than 10 000 inhabitants around.',
};

const SETTING_MEANING: Record<Setting, string> = {
  RURAL: 'SPARSE or VERY_SPARSE, not overseas.',
  URBAN: 'DENSE or INTERMEDIATE, not overseas.',
  OVERSEAS: 'An overseas département or collectivity, whatever its density.',
};
