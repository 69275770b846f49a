import { toNumber } from '../../../kernel/decimal.ts';
import { connectionType, pageArguments } from '../../../kernel/graphql/connection.ts';
import { stubOf } from '../../../kernel/graphql/stub.ts';
import { builder, PageInfo } from '../builder.ts';
import { today } from '../fact/mistakes.ts';
import { Network, Site, Structure } from '../subject/stubs.type.ts';
import type { DutyRow, OverdueUnit } from './duty.query.ts';

const Unit = builder.objectRef<OverdueUnit>('DiagnosisUnit').implement({
  description:
    'A service at its finest level, which examines itself at least once a year: a site, or a structure.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id of the site or structure.' }),
    name: t.exposeString('name', { description: 'Its name.' }),
    lastOn: t.expose('last_on', {
      type: 'Date',
      nullable: true,
      description: 'Day of its last published self-diagnosis; null when it never made one.',
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
  }),
});

const Units = connectionType(builder, PageInfo, 'DiagnosisUnit', Unit);

const Duty = builder.objectRef<DutyRow & { asOf: string }>('SelfDiagnosisDuty').implement({
  description:
    'How a network keeps its yearly duty: every service examines itself at least once a year at its finest level, that ' +
    'is each site of a network that publishes site by site or has no structure, else each structure that has none ' +
    'below. Published self-diagnoses count.',
  fields: (t) => ({
    asOf: t.expose('asOf', {
      type: 'Date',
      description: 'The year counted is the one that ends on this day.',
    }),
    expected: t.exposeInt('expected', { description: 'Services that owe one.' }),
    done: t.exposeInt('done', { description: 'Of these, those that made one within the year.' }),
    overdue: t.exposeInt('overdue', { description: 'Of these, those that did not.' }),
    share: t.float({
      nullable: true,
      description: 'Share of the services that made one, 0 to 1; null where none is expected.',
      resolve: ({ share }) => toNumber(share),
    }),
  }),
});

const asOfArgument = builder.args((t) => ({
  asOf: t.field({ type: 'Date', description: 'Day on which the year counted ends; today when omitted.' }),
}));

builder.objectField(Network, 'selfDiagnosisDuty', (t) =>
  t.field({
    type: Duty,
    nullable: true,
    description: 'How it keeps its yearly duty of self-diagnosis.',
    args: asOfArgument,
    resolve: async ({ id }, { asOf }, { duty }) => {
      const day = asOf ?? today();
      const row = await duty.kept(day).load(id);
      return row && { ...row, asOf: day };
    },
  }),
);

builder.queryField('selfDiagnosesOverdue', (t) =>
  t.field({
    type: Units,
    nullable: true,
    description:
      'Services of a network without a published self-diagnosis in the year before a day: those that never made one ' +
      'first, then the oldest.',
    args: {
      network: t.arg.id({ required: true, description: 'The network.' }),
      ...asOfArgument,
      ...pageArguments(builder),
    },
    resolve: (_root, { network, asOf, ...page }, { duty }) => duty.overdue(network, asOf ?? today(), page),
  }),
);
