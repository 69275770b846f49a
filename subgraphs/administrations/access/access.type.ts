import { shareOf } from '../../../kernel/decimal.ts';
import { NATION } from '../../../kernel/ids.ts';
import { DENSITIES, SETTINGS } from '../../../kernel/surroundings.ts';
import { builder } from '../builder.ts';
import type { AdministrationsContext } from '../context.ts';
import { idOf } from '../input.ts';
import { NetworkType, TerritoryType } from '../refs.ts';
import { DensityEnum, SettingEnum } from '../surroundings/surroundings.type.ts';
import type { Access, Part } from './access.ts';

/** Everybody's access in a territory, and that of each part of its people. */
interface SiteAccess extends Access {
  parts: readonly Access[];
}

const PartRef = builder.objectRef<Access>('SiteAccessPart');
const SiteAccessRef = builder.objectRef<SiteAccess>('SiteAccess');

for (const ref of [PartRef, SiteAccessRef] as const) {
  builder.objectFields(ref, (t) => ({
    population: t.exposeInt('population', {
      description: 'People whose access is measured: those of communes with a known population and centre.',
    }),
    medianKm: t.float({
      description: 'At least half of the people have a site at most this far.',
      resolve: ({ medianM }) => medianM / 1000,
    }),
    p90Km: t.float({
      description: 'At least nine people in ten have a site at most this far.',
      resolve: ({ p90M }) => p90M / 1000,
    }),
    shareWithin5Km: t.float({
      description: 'Share of the people who have a site within 5 km, 0 to 1.',
      resolve: ({ within5Km, population }) => shareOf(within5Km, population),
    }),
    shareWithin10Km: t.float({
      description: 'Share of the people who have a site within 10 km, 0 to 1.',
      resolve: ({ within10Km, population }) => shareOf(within10Km, population),
    }),
    shareWithin20Km: t.float({
      description: 'Share of the people who have a site within 20 km, 0 to 1.',
      resolve: ({ within20Km, population }) => shareOf(within20Km, population),
    }),
  }));
}

PartRef.implement({
  description: 'How far some of the people of a territory are from the nearest site of a network.',
  fields: (t) => ({
    setting: t.field({
      type: SettingEnum,
      nullable: true,
      description: 'Whose access: that of the people of this setting.',
      resolve: ({ part }) => SETTINGS.find((setting) => setting === part) ?? null,
    }),
    density: t.field({
      type: DensityEnum,
      nullable: true,
      description: 'Whose access: that of the people of communes of this density.',
      resolve: ({ part }) => DENSITIES.find((density) => density === part) ?? null,
    }),
  }),
});

SiteAccessRef.implement({
  description:
    'How far the people of a territory are from the nearest open site of a network, wherever it stands. Distances are great circles from the centre of the commune (or arrondissement) where people live: neither roads nor travel times. A site without a position stands at the centre of its commune.',
  fields: (t) => ({
    network: t.field({
      type: NetworkType,
      nullable: true,
      description: 'Whose sites.',
      resolve: ({ network }, _args, { loaders }) => loaders.network.byId.load(network),
    }),
    territory: t.field({
      type: TerritoryType,
      nullable: true,
      description: 'Where the people live.',
      resolve: ({ territory }, _args, { loaders }) => loaders.territory.byId.load(territory),
    }),
    bySetting: t.field({
      type: [PartRef],
      description: 'The same for its rural, urban and overseas people; settings without people are left out.',
      resolve: ({ parts }) => inOrder(parts, SETTINGS),
    }),
    byDensity: t.field({
      type: [PartRef],
      description: 'The same by density of communes, the densest first; overseas communes are in none.',
      resolve: ({ parts }) => inOrder(parts, DENSITIES),
    }),
  }),
});

const inOrder = (parts: readonly Access[], order: readonly Part[]) =>
  order.flatMap((wanted) => parts.filter(({ part }) => part === wanted));

async function siteAccess(
  network: string | null,
  territory: string | null,
  { loaders }: AdministrationsContext,
): Promise<SiteAccess | null> {
  if (network === null || territory === null) return null;
  const parts = await loaders.access.load({ network, territory });
  const everybody = parts.find(({ part }) => part === '');
  return everybody ? { ...everybody, parts } : null;
}

builder.objectFields(NetworkType, (t) => ({
  access: t.field({
    type: SiteAccessRef,
    nullable: true,
    description: 'How far people are from its nearest site; null when it has no open site in the directory.',
    args: {
      within: t.arg.id({
        description: 'The people of this région or département; of the nation when omitted.',
      }),
    },
    resolve: ({ id }, { within }, context) =>
      siteAccess(id, idOf('Territory', within ?? NATION, 'within'), context),
  }),
}));

builder.objectFields(TerritoryType, (t) => ({
  access: t.field({
    type: SiteAccessRef,
    nullable: true,
    description:
      'How far its people are from the nearest site of a network, in it or not; null for a commune, whose nearest site is `sites(filter: { relation: SERVES })`, and for a network without open sites.',
    args: { network: t.arg.id({ required: true, description: 'Such as NET-caf.' }) },
    resolve: ({ id }, { network }, context) => siteAccess(idOf('Network', network, 'network'), id, context),
  }),
}));
