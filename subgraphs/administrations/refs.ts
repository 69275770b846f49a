import { changesType } from '../../kernel/graphql/changes.ts';
import { connectionType } from '../../kernel/graphql/connection.ts';
import { writeTypes } from '../../kernel/graphql/write-types.ts';
import { typeOfId } from '../../kernel/ids.ts';
import { builder, PageInfo } from './builder.ts';
import type { Commitment, CommitmentDisplay, NetworkCommitment } from './commitment/commitment.ts';
import type { Ministry, Network, Pivot, Typology } from './network/network.ts';
import type { Procedure } from './procedure/procedure.ts';
import type { Site } from './site/site.ts';
import type { Structure } from './structure/structure.ts';
import type { Territory } from './territory/territory.ts';

/** Types refer to one another in circles: their names are here, their fields in each `*.type.ts`. */
export const NodeInterface = builder.interfaceRef<{ id: string }>('Node').implement({
  description: 'Anything that has an id of its own in the graph.',
  resolveType: ({ id }) => typeOfId(id) ?? undefined,
  fields: (t) => ({ id: t.exposeID('id', { description: 'Readable id, unique across types.' }) }),
});

export const TerritoryType = builder.objectRef<Territory>('Territory');
export const MinistryType = builder.objectRef<Ministry>('Ministry');
export const NetworkType = builder.objectRef<Network>('Network');
export const PivotType = builder.objectRef<Pivot>('Pivot');
export const TypologyType = builder.objectRef<Typology>('Typology');
export const StructureType = builder.objectRef<Structure>('Structure');
export const SiteType = builder.objectRef<Site>('Site');
export const CommitmentType = builder.objectRef<Commitment>('Commitment');
export const NetworkCommitmentType = builder.objectRef<NetworkCommitment>('NetworkCommitment');
export const CommitmentDisplayType = builder.objectRef<CommitmentDisplay>('CommitmentDisplay');
export const ProcedureType = builder.objectRef<Procedure>('Procedure');

export const ChangesType = changesType(builder);
export const { UserError, AuditEntryConnection, AuditTrail } = writeTypes(builder, PageInfo);

export const TerritoryConnection = connectionType(builder, PageInfo, 'Territory', TerritoryType);
export const StructureConnection = connectionType(builder, PageInfo, 'Structure', StructureType);
export const SiteConnection = connectionType(builder, PageInfo, 'Site', SiteType);
export const ProcedureConnection = connectionType(builder, PageInfo, 'Procedure', ProcedureType);
export const CommitmentDisplayConnection = connectionType(
  builder,
  PageInfo,
  'CommitmentDisplay',
  CommitmentDisplayType,
);
