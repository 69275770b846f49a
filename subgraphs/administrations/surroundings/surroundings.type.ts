import { surroundingsTypes } from '../../../kernel/graphql/surroundings-types.ts';
import { builder } from '../builder.ts';
import { TerritoryType } from '../refs.ts';

export const { DensityEnum, SettingEnum } = surroundingsTypes(builder);

builder.objectFields(TerritoryType, (t) => ({
  populationWithin10Km: t.int({
    nullable: true,
    description:
      'Inhabitants of the communes whose centre is at most 10 km from its own by great circle, itself included; Paris, Lyon and Marseille count by arrondissement. Above the commune, what its median inhabitant has around. Null for a former commune and where no population is known.',
    resolve: async ({ id }, _args, { loaders }) =>
      (await loaders.surroundings.load(id))?.populationWithin10Km ?? null,
  }),
  density: t.field({
    type: DensityEnum,
    nullable: true,
    description:
      'Class of `populationWithin10Km`. It is the hub’s own measure, in the spirit of INSEE’s communal grid of density and not that grid.',
    resolve: async ({ id }, _args, { loaders }) => (await loaders.surroundings.load(id))?.density ?? null,
  }),
  setting: t.field({
    type: SettingEnum,
    nullable: true,
    description:
      'Rural, urban or overseas, from the density and the département. Above the commune, that of its median inhabitant.',
    resolve: async ({ id }, _args, { loaders }) => (await loaders.surroundings.load(id))?.setting ?? null,
  }),
}));
