import { internal, internalOnly } from '../../../kernel/graphql/access.ts';
import { stubOf } from '../../../kernel/graphql/stub.ts';
import { builder } from '../builder.ts';
import { Territory } from '../subject/stubs.type.ts';
import { AgeBandEnum, DigitalEaseEnum } from './enums.type.ts';
import type { PanelRow } from './tables.ts';

const ProfileType = builder.objectRef<PanelRow>('TesterProfile').implement({
  ...internalOnly,
  description: 'How many volunteers have a profile; never which.',
  fields: (t) => ({
    departement: t.field({
      type: Territory,
      nullable: true,
      description: 'Where they live; null where they did not say.',
      resolve: ({ departement_id }) => stubOf(departement_id),
    }),
    ageBand: t.expose('age_band', { type: AgeBandEnum, nullable: true, description: 'How old they are.' }),
    digitalEase: t.expose('digital_ease', {
      type: DigitalEaseEnum,
      nullable: true,
      description: 'How they get on with online services.',
    }),
    members: t.exposeInt('members', { description: 'How many they are.' }),
    available: t.exposeInt('available', {
      description: 'How many of them may be solicited now: not twice within the last month.',
    }),
  }),
});

const sum = (rows: readonly PanelRow[], of: 'members' | 'available') =>
  rows.reduce((total, row) => total + row[of], 0);

const PanelType = builder.objectRef<readonly PanelRow[]>('TesterPanel').implement({
  ...internalOnly,
  description: '« Je suis usager testeur »: the volunteers who try documents.',
  fields: (t) => ({
    members: t.int({ description: 'Volunteers.', resolve: (rows) => sum(rows, 'members') }),
    available: t.int({
      description: 'Those who may be solicited now.',
      resolve: (rows) => sum(rows, 'available'),
    }),
    profiles: t.field({
      type: [ProfileType],
      description: 'How many there are of each profile.',
      resolve: (rows) => [...rows],
    }),
  }),
});

builder.queryField('testerPanel', (t) =>
  t.field({
    type: PanelType,
    nullable: true,
    ...internal('panels:manage'),
    description: 'The volunteers who try documents before they are disseminated, in numbers.',
    resolve: (_root, _args, { panel }) => panel(),
  }),
);
