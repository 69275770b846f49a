import { sinceOf } from '../../../kernel/graphql/changes.ts';
import { connectionType, pageArguments } from '../../../kernel/graphql/connection.ts';
import { builder, PageInfo } from '../builder.ts';
import { described } from '../enums.ts';
import { findNode } from '../node/node.lookup.ts';
import { ChangesType, CommitmentType, NetworkCommitmentType, NetworkType, NodeInterface } from '../refs.ts';
import {
  CHANGE_KINDS,
  DIRECTORY_ENTITIES,
  type DirectoryChange,
  type DirectoryEntity,
  type WordingChange,
} from './changes.ts';

const DirectoryEntityEnum = builder.enumType('DirectoryEntity', {
  description: 'What of the directory changed.',
  values: described(DIRECTORY_ENTITIES, {
    TERRITORY: 'A territory; `id` is its id.',
    NETWORK: 'A network; `id` is its id.',
    STRUCTURE: 'A structure; `id` is its id.',
    STRUCTURE_SITE: 'Which sites a structure has; `id` is that of the structure.',
    SITE: 'The name, the place or the network of a site; `id` is its id.',
    SITE_DETAIL: 'How to reach a site, as the State directory says; `id` is that of the site.',
    SITE_CONTACT: 'How to reach a site, as its network says; `id` is that of the site.',
    COMPETENCE: 'Which communes a site serves; `id` is that of the site.',
    PROCEDURE: 'A procedure; `id` is its id.',
    ANNOUNCED_DELAY: 'A delay announced for a procedure; `id` is that of the procedure.',
    COMMITMENT_DISPLAY: 'Where a network displays its commitments; `id` is that of the network.',
  }),
});

const ChangeKindEnum = builder.enumType('ChangeKind', {
  description: 'What became of an object.',
  values: described(CHANGE_KINDS, {
    CREATED: 'It is new.',
    CHANGED: 'It changed, or something that belongs to it.',
    CLOSED: 'It is not there any more: forget it.',
  }),
});

const DirectoryChangeType = builder.objectRef<DirectoryChange>('DirectoryChange').implement({
  description: 'Something of the directory that a publication created, changed or closed.',
  fields: (t) => ({
    entity: t.field({
      type: DirectoryEntityEnum,
      description: 'What changed.',
      resolve: ({ entity }) => entity.toUpperCase() as DirectoryEntity,
    }),
    id: t.exposeID('objectId', { description: 'Id of the object, which other changes may have too.' }),
    kind: t.expose('kind', {
      type: ChangeKindEnum,
      description: 'What became of the object, seen from today.',
    }),
    at: t.expose('at', { type: 'DateTime', description: 'When it was published.' }),
    object: t.field({
      type: NodeInterface,
      nullable: true,
      description: 'The object as it is today; null when it is closed.',
      resolve: ({ kind, objectId }, _args, context) =>
        kind === 'CLOSED' ? null : findNode(objectId, context),
    }),
  }),
});

const WordingChangeType = builder.objectRef<WordingChange>('WordingChange').implement({
  description: 'A change of how a network words a commitment.',
  fields: (t) => ({
    network: t.field({
      type: NetworkType,
      nullable: true,
      description: 'The network.',
      resolve: ({ networkId }, _args, { loaders }) => loaders.network.byId.load(networkId),
    }),
    commitment: t.field({
      type: CommitmentType,
      nullable: true,
      description: 'The commitment of the programme.',
      resolve: ({ commitmentId }, _args, { loaders }) => loaders.commitment.byId.load(commitmentId),
    }),
    kind: t.expose('kind', { type: ChangeKindEnum, description: 'What became of the wording then.' }),
    version: t.exposeInt('version', { description: 'Version of the wording after the change.' }),
    at: t.expose('at', { type: 'DateTime', description: 'When it was published.' }),
    wording: t.field({
      type: NetworkCommitmentType,
      nullable: true,
      description: 'The wording as it is today; null when there is none any more.',
      resolve: (change, _args, { loaders }) => loaders.commitment.wording.load(change),
    }),
  }),
});

builder.objectFields(ChangesType, (t) => ({
  directory: t.field({
    type: connectionType(builder, PageInfo, 'DirectoryChange', DirectoryChangeType),
    nullable: true,
    description: 'Territories, networks, structures, sites and procedures, in the order of publication.',
    args: {
      ...pageArguments(builder),
      entities: t.arg({
        type: [DirectoryEntityEnum],
        description: 'Only changes of these; all when omitted.',
      }),
    },
    resolve: ({ since }, args, { loaders }) => loaders.changes.directory(since, args),
  }),
  commitments: t.field({
    type: connectionType(builder, PageInfo, 'WordingChange', WordingChangeType),
    nullable: true,
    description: 'How networks word the commitments, in the order of publication.',
    args: pageArguments(builder),
    resolve: ({ since }, args, { loaders }) => loaders.changes.wordings(since, args),
  }),
}));

builder.queryFields((t) => ({
  changes: t.field({
    type: ChangesType,
    nullable: true,
    description: 'What changed since a moment, for those who keep a copy.',
    args: {
      since: t.arg({
        type: 'DateTime',
        required: true,
        description: 'A moment of the past, from 1970 on: when this was last asked.',
      }),
    },
    resolve: (_root, { since }) => ({ since: sinceOf(since) }),
  }),
}));
