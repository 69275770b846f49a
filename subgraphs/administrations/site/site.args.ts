import { pageArguments } from '../../../kernel/graphql/connection.ts';
import { builder } from '../builder.ts';
import { described } from '../enums.ts';
import { SITE_ORDERS, SITE_RELATIONS } from './site.ts';

const SiteRelationEnum = builder.enumType('SiteRelation', {
  description: 'How sites relate to a territory.',
  values: described(SITE_RELATIONS, {
    LOCATED: 'They stand in it; a commune includes its arrondissements.',
    SERVES:
      'They serve it: for a commune, the competent site of each network where it is known, else the nearest; above, those that stand in it.',
    NEAREST: 'They are the nearest to its centre, wherever they stand.',
  }),
});

const SiteOrderEnum = builder.enumType('SiteOrder', {
  description: 'Order of a list of sites; the id decides between equals.',
  values: described(SITE_ORDERS, {
    NAME_ASC: 'By name, without accents or case.',
    NAME_DESC: 'By name, from Z to A.',
    DISTANCE_ASC: 'Nearest first; only where distances are measured.',
  }),
});

const SiteFilter = builder.inputType('SiteFilter', {
  description: 'Which sites. What is left out does not matter; an empty list selects none.',
  fields: (t) => ({
    networks: t.idList({ description: 'Only these networks.' }),
    pivots: t.stringList({
      description: 'Only these kinds of place of the State directory, such as `mairie`.',
    }),
    structures: t.idList({ description: 'Only the sites of these structures, or of those below them.' }),
    search: t.string({ description: 'Words of the name, whole or in part.' }),
    accessible: t.boolean({
      description: 'Only sites known to be accessible; false: only those known not to be, or on request.',
    }),
    includeClosed: t.boolean({ description: 'Closed sites too, in lists by name; false when omitted.' }),
    relation: t.field({
      type: SiteRelationEnum,
      description: 'Relation to the territory; LOCATED when omitted.',
    }),
    withinKm: t.float({ description: 'Not farther than this, in kilometres, at most 500.' }),
  }),
});

const Near = builder.inputType('Near', {
  description: 'Around a position.',
  fields: (t) => ({
    latitude: t.float({ required: true, description: 'Degrees north.' }),
    longitude: t.float({ required: true, description: 'Degrees east.' }),
    radiusKm: t.float({ description: 'Not farther than this, in kilometres; 20 when omitted, at most 500.' }),
  }),
});

/** Arguments of a list of sites. */
export const siteArguments = () =>
  builder.args((t) => ({
    ...pageArguments(builder),
    filter: t.field({ type: SiteFilter, description: 'Which sites.' }),
    orderBy: t.field({
      type: SiteOrderEnum,
      description: 'Order; by name when omitted, nearest first where distances are measured.',
    }),
  }));

/** `within`, for lists that start from no territory. */
export const withinArgument = () =>
  builder.args((t) => ({ within: t.id({ description: 'Only those that stand in this territory.' }) }));

export const nearArgument = () =>
  builder.args((t) => ({ near: t.field({ type: Near, description: 'Only those around a position.' }) }));
