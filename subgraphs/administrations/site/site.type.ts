import { toNumber } from '../../../kernel/decimal.ts';
import { resolvable } from '../../../kernel/graphql/subgraph.ts';
import { builder, Provenance } from '../builder.ts';
import type { AdministrationsContext } from '../context.ts';
import { described } from '../enums.ts';
import { idOf } from '../input.ts';
import { provenanceOf } from '../provenance.ts';
import {
  CommitmentDisplayType,
  NetworkType,
  NodeInterface,
  PivotType,
  SiteConnection,
  SiteType,
  StructureType,
  TerritoryType,
} from '../refs.ts';
import { SiteStructure } from '../structure/structure.type.ts';
import { GeoPoint, pointOf } from '../territory/territory.type.ts';
import { contactCompleteness } from './completeness.ts';
import {
  Accessibility,
  AddressType,
  Contact,
  ContactCompletenessType,
  Email,
  OpeningPeriod,
  Phone,
  SupportOffer,
  Website,
} from './contact.type.ts';
import { nearArgument, siteArguments, withinArgument } from './site.args.ts';
import { firstUrl, servedCommunes, siteProvenance } from './site.fields.ts';
import { networkSitesPage, sitesPage, territorySitesPage } from './site.page.ts';
import { SERVICE_KINDS, type ServiceRelation, type Site } from './site.ts';

const byId = async (value: string, { loaders }: AdministrationsContext) => {
  const id = idOf('Site', value);
  return id === null ? null : loaders.site.byId.load(id);
};

const detailOf = ({ id }: Site, { loaders }: AdministrationsContext) => loaders.site.detail.load(id);

const ServiceKind = builder.enumType('ServiceKind', {
  description: 'Why a site is in the list of a place.',
  values: described(SERVICE_KINDS, {
    COMPETENT: 'It is the competent one.',
    NEAREST: 'It is the nearest, or one of the nearest.',
    LOCATED: 'It stands in the territory.',
  }),
});

const ServiceRelationType = builder.objectRef<ServiceRelation>('ServiceRelation').implement({
  description: 'How a site relates to the place that its list was made for.',
  fields: (t) => ({
    kind: t.expose('kind', { type: ServiceKind, description: 'Why it is in the list.' }),
    distanceKm: t.float({
      nullable: true,
      description: 'Great-circle kilometres from that place, where they were measured.',
      resolve: ({ distanceKm }) => toNumber(distanceKm),
    }),
  }),
});

SiteType.implement({
  description: 'A place of reception of the State directory, physical or remote.',
  interfaces: [NodeInterface],
  directives: { key: { fields: 'id' } },
  extensions: resolvable<AdministrationsContext>(({ id }, context) => byId(String(id), context)),
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Name.' }),
    network: t.field({
      type: NetworkType,
      nullable: true,
      description: 'The network that it belongs to, where the programme has one.',
      resolve: ({ networkId }, _args, { loaders }) =>
        networkId === null ? null : loaders.network.byId.load(networkId),
    }),
    structure: t.field({
      type: StructureType,
      nullable: true,
      description: 'The structure that stands in it; the surest one where there are several.',
      resolve: async ({ id }, _args, { loaders }) => (await loaders.structure.ofSites.load(id))[0] ?? null,
    }),
    structures: t.field({
      type: [SiteStructure],
      description: 'All the structures that stand in it, surest first.',
      resolve: ({ id }, _args, { loaders }) => loaders.structure.ofSites.load(id),
    }),
    territory: t.field({
      type: TerritoryType,
      nullable: true,
      description: 'Its commune of today, or municipal arrondissement; null abroad.',
      resolve: ({ communeId }, _args, { loaders }) =>
        communeId === null ? null : loaders.territory.byId.load(communeId),
    }),
    sourceCommuneCode: t.exposeString('sourceCommuneCode', {
      nullable: true,
      description: 'INSEE code of its commune as published, possibly a former one; null abroad.',
    }),
    pivot: t.field({
      type: PivotType,
      nullable: true,
      description: 'Its kind of place in the State directory.',
      resolve: async ({ pivot, networkId }, _args, { loaders }) =>
        (await loaders.network.pivot.load(pivot)) ?? { code: pivot, label: pivot, networkId },
    }),
    pivots: t.exposeStringList('pivots', { description: 'Codes of all its kinds of place, main one first.' }),
    location: t.field({ type: GeoPoint, nullable: true, description: 'Position.', resolve: pointOf }),
    address: t.field({
      type: AddressType,
      nullable: true,
      description: 'Where to go.',
      resolve: async (site, _args, context) => (await detailOf(site, context))?.address,
    }),
    postalAddress: t.field({
      type: AddressType,
      nullable: true,
      description: 'Where to write, when it is elsewhere.',
      resolve: async (site, _args, context) => (await detailOf(site, context))?.postalAddress,
    }),
    directions: t.string({
      nullable: true,
      description: 'How to get there, in French.',
      resolve: async (site, _args, context) => (await detailOf(site, context))?.directions,
    }),
    phones: t.field({
      type: [Phone],
      description: 'Telephone numbers with what they are for.',
      resolve: async (site, _args, context) => (await detailOf(site, context))?.phones ?? [],
    }),
    emails: t.field({
      type: [Email],
      description: 'E-mail addresses with what they are for.',
      resolve: async (site, _args, context) => (await detailOf(site, context))?.emails ?? [],
    }),
    website: t.field({
      type: 'URL',
      nullable: true,
      description: 'Its first page of the web that is an absolute address.',
      resolve: async (site, _args, context) => firstUrl(await detailOf(site, context)),
    }),
    websites: t.field({
      type: [Website],
      description: 'Its pages of the web, as published.',
      resolve: async (site, _args, context) => (await detailOf(site, context))?.websites ?? [],
    }),
    openingHours: t.field({
      type: [OpeningPeriod],
      description: 'Opening, busy and quiet hours, of the counter and of the telephone.',
      resolve: async (site, _args, context) => (await detailOf(site, context))?.opening ?? [],
    }),
    openingNote: t.string({
      nullable: true,
      description: 'What the directory adds to the hours, in French.',
      resolve: async (site, _args, context) => (await detailOf(site, context))?.openingNote,
    }),
    mediators: t.field({
      type: [Contact],
      description: 'Mediators to turn to.',
      resolve: async (site, _args, context) => (await detailOf(site, context))?.mediators ?? [],
    }),
    support: t.field({
      type: [SupportOffer],
      description: 'Support offered, and in which languages.',
      resolve: async (site, _args, context) => (await detailOf(site, context))?.support ?? [],
    }),
    accessibility: t.field({
      type: Accessibility,
      nullable: true,
      description: 'Accessibility to persons with reduced mobility; null when nothing is known.',
      resolve: async (site, _args, context) => {
        const { accessibility: level = null, accessibilityNote: note = null } =
          (await detailOf(site, context)) ?? {};
        return level === null && note === null ? null : { level, note };
      },
    }),
    information: t.string({
      nullable: true,
      description: 'What users should know before they come, in French.',
      resolve: async (site, _args, context) => (await detailOf(site, context))?.information,
    }),
    siren: t.string({
      nullable: true,
      description: 'SIREN number of its organisation.',
      resolve: async (site, _args, context) => (await detailOf(site, context))?.siren,
    }),
    siret: t.string({
      nullable: true,
      description: 'SIRET number of its establishment.',
      resolve: async (site, _args, context) => (await detailOf(site, context))?.siret,
    }),
    contactCompleteness: t.field({
      type: ContactCompletenessType,
      description: 'What the contact duty (commitment 2) still misses.',
      resolve: async (site, _args, context) => contactCompleteness(await detailOf(site, context)),
    }),
    displays: t.field({
      type: [CommitmentDisplayType],
      description: 'The commitments that it displays.',
      resolve: ({ id }, _args, { loaders }) => loaders.commitment.displaysOfSite.load(id),
    }),
    serves: t.field({
      type: [TerritoryType],
      nullable: true,
      description: 'The communes that it is competent for, by name; null when nobody said.',
      resolve: servedCommunes,
    }),
    service: t.field({
      type: ServiceRelationType,
      nullable: true,
      description: 'How it relates to the place that this list was made for; null elsewhere.',
      resolve: ({ service }) => service,
    }),
    distanceKm: t.float({
      nullable: true,
      description: 'Great-circle kilometres from that place; null elsewhere.',
      resolve: ({ service }) => toNumber(service?.distanceKm ?? null),
    }),
    validFrom: t.expose('validFrom', { type: 'Date', nullable: true, description: 'First day, if known.' }),
    validTo: t.expose('validTo', { type: 'Date', nullable: true, description: 'Last day of a closed site.' }),
    source: t.field({
      type: Provenance,
      description: 'Where its record comes from.',
      resolve: siteProvenance,
    }),
    contactSource: t.field({
      type: Provenance,
      nullable: true,
      description:
        'Where what its network adds comes from: directions, mediators, support, busy and quiet hours.',
      resolve: async (site, _args, context) => {
        const detail = await detailOf(site, context);
        return provenanceOf(detail?.contactImportId ?? null, detail?.contactImportRow ?? null, context);
      },
    }),
  }),
});

builder.objectField(TerritoryType, 'sites', (t) =>
  t.field({
    type: SiteConnection,
    description: 'Sites that stand in it, serve it or are the nearest.',
    args: siteArguments(),
    resolve: territorySitesPage,
  }),
);

builder.objectField(NetworkType, 'sites', (t) =>
  t.field({
    type: SiteConnection,
    description: 'Its sites; current ones unless asked otherwise.',
    args: { ...siteArguments(), ...withinArgument() },
    resolve: networkSitesPage,
  }),
);

builder.queryFields((t) => ({
  site: t.field({
    type: SiteType,
    nullable: true,
    description: 'A site by id, by a former id too, closed ones included; null when unknown.',
    args: { id: t.arg.id({ required: true, description: 'SITE- followed by its UUID.' }) },
    resolve: (_root, { id }, context): Promise<Site | null> => byId(id, context),
  }),
  sites: t.field({
    type: SiteConnection,
    nullable: true,
    description: 'Sites by name, or around a position, nearest first.',
    args: { ...nearArgument(), ...siteArguments(), ...withinArgument() },
    resolve: (_root, args, context) => sitesPage(args, context),
  }),
}));
