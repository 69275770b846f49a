import type { ObjectRef } from '@pothos/core';
import { reaches, type Viewer } from '../viewer.ts';
import type { UserError } from '../write/refused.ts';
import type { AuditEntry } from '../write/trail.ts';
import { internal, internalOnly } from './access.ts';
import type { HubBuilder, HubTypes, PageInfoShape } from './builder.ts';
import { connectionType } from './connection.ts';
import { resolvable } from './subgraph.ts';

/** Registers the root of mutations: every subgraph that has some says the same of it. */
export function registerMutations<Context extends object>(builder: HubBuilder<Context>): void {
  builder.mutationType({
    description:
      'Everything that can be written. Each takes one input with an `idempotencyKey`: sent again, it gives its ' +
      'first answer.',
  });
}

/** Everything that was written on a network: each subgraph adds its list to it. */
export interface AuditTrail {
  networkId: string;
}

const shared = { directives: { ...internalOnly.directives, shareable: {} } };

/**
 * The types of mutations and of their audit, the same in every subgraph that writes. `AuditTrail` is an entity: add
 * a list to it with `builder.objectFields(AuditTrail, …)`, read through the viewer's agent (`auditPage`).
 */
export function writeTypes<Context extends { viewer: Viewer }>(
  builder: HubBuilder<Context>,
  PageInfo: ObjectRef<PothosSchemaTypes.ExtendDefaultTypes<HubTypes<Context>>, PageInfoShape>,
) {
  const UserErrorType = builder.objectRef<UserError>('UserError').implement({
    directives: { shareable: {} },
    description: 'A mistake in what was sent; nothing was written.',
    fields: (t) => ({
      code: t.exposeString('code', { description: 'Stable code, such as OUT_OF_RANGE.' }),
      message: t.exposeString('message', { description: 'What was expected, for a person.' }),
      path: t.field({
        type: ['String'],
        description: 'Where in the input, from its argument on; ranks in lists from 0.',
        resolve: ({ path }) => [...path],
      }),
    }),
  });
  const AuditEntryType = builder.objectRef<AuditEntry>('AuditEntry').implement({
    ...shared,
    description: 'One thing that was written through the graph. Never changed, never removed.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Id of the entry.' }),
      at: t.expose('at', { type: 'DateTime', description: 'When it was written.' }),
      actor: t.exposeString('actor', { description: 'The key or the person who wrote: key:… or person:….' }),
      role: t.exposeString('role', { description: 'Role under which it was written, such as NETWORK_HQ.' }),
      action: t.exposeString('action', { description: 'What was done, such as COMMITMENT_WORDED.' }),
      object: t.exposeID('objectId', { description: 'Id of what was written.' }),
      before: t.exposeString('before', {
        nullable: true,
        description: 'The object as it was, JSON; null when it is new.',
      }),
      after: t.exposeString('after', {
        nullable: true,
        description: 'The object as it became, JSON; null when it is gone.',
      }),
      reason: t.exposeString('reason', { nullable: true, description: 'Why, in the words of the actor.' }),
      requestId: t.exposeString('requestId', {
        nullable: true,
        description: 'Id of the request, as the log of the hub has it.',
      }),
    }),
  });
  const AuditEntryConnection = connectionType(builder, PageInfo, 'AuditEntry', AuditEntryType, {
    shareable: true,
    internal: true,
  });
  const { directives } = internal('audit:read');
  const AuditTrailType = builder.objectRef<AuditTrail>('AuditTrail').implement({
    directives: { ...directives, key: { fields: 'networkId' } },
    description: 'Everything that was written on a network through the graph, latest first.',
    extensions: resolvable<Context>(({ networkId }, { viewer }) => trailOf(String(networkId), viewer)),
    fields: (t) => ({ networkId: t.exposeID('networkId', { description: 'Id of the network.' }) }),
  });
  return {
    UserError: UserErrorType,
    AuditEntry: AuditEntryType,
    AuditEntryConnection,
    AuditTrail: AuditTrailType,
  };
}

/** The trail of a network that the viewer reaches, else null. */
export const trailOf = (networkId: string, viewer: Viewer): AuditTrail | null =>
  reaches(viewer, networkId) ? { networkId } : null;
