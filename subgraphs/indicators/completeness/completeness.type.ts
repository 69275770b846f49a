import {
  connectionType,
  decodeCursor,
  encodeCursor,
  pageArguments,
  pageSize,
  toPage,
} from '../../../kernel/graphql/connection.ts';
import { stubOf } from '../../../kernel/graphql/stub.ts';
import { periodLabel } from '../../../kernel/period.ts';
import { builder, PageInfo } from '../builder.ts';
import type { IndicatorsContext } from '../context.ts';
import { type Optional, optionalText, optionalYear } from '../input.ts';
import { Network, Site, Structure, Territory } from '../stub/stub.type.ts';
import type { CompletenessRow, UnitRow } from './completeness.query.ts';

/** Completeness of a network, for the year that was asked or found. */
type Complete = CompletenessRow & { asked: number | null };

const Unit = builder.objectRef<UnitRow>('PublishingUnit').implement({
  description: 'A site, a structure or a territory whose results a network should publish.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id of the site, structure or territory.' }),
    name: t.exposeString('name', { description: 'Its name.' }),
    latestResultOn: t.expose('latest_on', {
      type: 'Date',
      nullable: true,
      description: 'Day of its latest result; null when it never published.',
    }),
    site: t.field({
      type: Site,
      nullable: true,
      description: 'When it is a site.',
      resolve: ({ id, kind }) => stubOf(kind === 'SITE' ? id : null),
    }),
    structure: t.field({
      type: Structure,
      nullable: true,
      description: 'When it is a structure.',
      resolve: ({ id, kind }) => stubOf(kind === 'STRUCTURE' ? id : null),
    }),
    territory: t.field({
      type: Territory,
      nullable: true,
      description: 'When it is a territory.',
      resolve: ({ id, kind }) => stubOf(kind === 'TERRITORY' ? id : null),
    }),
  }),
});
const Units = connectionType(builder, PageInfo, 'PublishingUnit', Unit);

const Freshness = builder.objectRef<Complete & { asOf: string }>('Freshness').implement({
  description: 'How old the latest results of the units are.',
  fields: (t) => ({
    asOf: t.expose('asOf', { type: 'Date', description: 'The day on which it is counted.' }),
    latestResultOn: t.expose('latest_on', {
      type: 'Date',
      nullable: true,
      description: 'Day of the latest result of the network.',
    }),
    withResult: t.exposeInt('with_result', { description: 'Units that have a result, however old.' }),
    olderThanAYear: t.exposeInt('stale', {
      description: 'Of these, units whose latest result is older than a year.',
    }),
  }),
});

const Completeness = builder.objectRef<Complete>('Completeness').implement({
  description: 'Who publishes in a network and who does not, in a year.',
  fields: (t) => ({
    period: t.string({
      nullable: true,
      description: 'The year that it is about; null when the network never published.',
      resolve: ({ year }) => (year === null ? null : String(year)),
    }),
    expected: t.exposeInt('expected', { description: 'Units that should publish, at the finest level.' }),
    publishing: t.exposeInt('publishing', { description: 'Units that published for the year.' }),
    stale: t.exposeInt('stale', { description: 'Units whose latest result is older than a year today.' }),
    transparent: t.boolean({
      nullable: true,
      description: 'Whether more than two thirds of the units published; null without units.',
      resolve: ({ publishing, expected }) => (expected === 0 ? null : publishing * 3 > expected * 2),
    }),
    latestPeriod: t.string({
      nullable: true,
      description: 'The latest period for which the network has a figure.',
      resolve: ({ latest_grain, latest_start }) =>
        latest_grain && latest_start ? periodLabel(latest_grain, latest_start) : null,
    }),
    freshness: t.field({
      type: Freshness,
      description: 'How old its results are.',
      resolve: (row, _args, { today }) => ({ ...row, asOf: today }),
    }),
    missing: t.field({
      type: Units,
      nullable: true,
      description: 'The units that published nothing for the year, by id.',
      args: pageArguments(builder),
      resolve: (row, { first, after }, context) => pageOfMissing(context, row, { first, after }),
    }),
  }),
});

builder.objectFields(Network, (t) => ({
  completeness: t.field({
    type: Completeness,
    nullable: true,
    description: 'Who publishes its results, who does not, and how old they are.',
    args: {
      period: t.arg.string({ description: 'A year; the latest in which it published, when omitted.' }),
    },
    resolve: async ({ id }, { period }, { loaders }) => {
      const asked = optionalYear(period);
      const row = await loaders.completeness(asked).load(id);
      return row && { ...row, asked };
    },
  }),
}));

async function pageOfMissing(
  { lists }: IndicatorsContext,
  { network_id, asked, expected, publishing }: Complete,
  { first, after }: { first: Optional<number>; after: Optional<string> },
) {
  const list = JSON.stringify(['missing', network_id, asked]);
  const size = pageSize(first);
  const last = optionalText(decodeCursor(list, after)?.[0], 'after');
  const rows = await lists.missing(network_id, asked, { after: last, limit: size + 1 });
  return toPage(rows, size, after, ({ id }: UnitRow) => encodeCursor(list, [id]), expected - publishing);
}
