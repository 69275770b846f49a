import type { Transaction } from 'kysely';
import { HubError } from '../../../kernel/errors.ts';
import type { Written } from '../../../kernel/graphql/mutation.ts';
import { cleanText } from '../../../kernel/text.ts';
import { perform } from '../../../kernel/write/command.ts';
import { demandVersion } from '../../../kernel/write/version.ts';
import { requestOf, type Versioned, type Writing } from '../../../kernel/write/writing.ts';
import type { SimplificationDatabase } from '../tables.ts';
import { lockSession, visibleSession } from './session.query.ts';
import type { SessionRow } from './tables.ts';
import { putSession } from './write.query.ts';

/** A mutation on a session that exists. */
export interface OnSession extends Versioned {
  id: string;
}

/** What a command makes of a session, and what the audit says of it beside its state. */
export interface Changed {
  session: SessionRow;
  action: string;
  told?: object;
  reason?: string | null;
}

/**
 * The way of every command on a session: found as the viewer may see it, locked, at the version that was read.
 *
 * @param work gives the session as it becomes; what it refuses leaves it as it was
 * @throws HubError NOT_FOUND, the same for a session out of reach and for none; CONFLICT; as `perform`
 */
export async function changeSession(
  writing: Writing<SimplificationDatabase>,
  name: string,
  input: OnSession,
  work: (trx: Transaction<SimplificationDatabase>, session: SessionRow) => Promise<Changed>,
): Promise<Written> {
  const id = cleanText(input.id, 'id');
  const network = (await visibleSession(writing.agent, id))?.network_id;
  if (network === undefined) throw noSession();
  const target = { ...requestOf(writing, name, input), scope: 'panels:manage' as const, network };
  return perform(writing.owner, target, async (trx, audit) => {
    const before = await lockSession(trx, network, id);
    if (before === null) throw noSession();
    demandVersion(input.version, before.version);
    const { session, action, told, reason = null } = await work(trx, before);
    await putSession(trx, session);
    await audit({
      networkId: network,
      action,
      objectId: id,
      before: summary(before),
      after: { ...summary({ ...session, version: before.version + 1 }), ...told },
      reason,
    });
    return { id };
  });
}

/** What the audit keeps of a session. */
export const summary = ({ state, version, planned_on, held_on, participants }: SessionRow) => ({
  state,
  version,
  plannedOn: planned_on,
  heldOn: held_on,
  participants,
});

const noSession = () => new HubError('NOT_FOUND', 'No such test session.');
