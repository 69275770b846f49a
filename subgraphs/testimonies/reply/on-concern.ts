import type { Transaction } from 'kysely';
import { HubError } from '../../../kernel/errors.ts';
import type { Written } from '../../../kernel/graphql/mutation.ts';
import type { Audit } from '../../../kernel/write/audit.ts';
import { perform } from '../../../kernel/write/command.ts';
import { refuse } from '../../../kernel/write/refused.ts';
import { demandVersion } from '../../../kernel/write/version.ts';
import { stateAfter } from '../../../kernel/write/workflow.ts';
import { requestOf, type Versioned, type Writing } from '../../../kernel/write/writing.ts';
import type { TestimoniesDatabase } from '../tables.ts';
import { keepImportsOut, markWritten } from '../testimony/written.query.ts';
import { concernId, concernKey } from './concern-id.ts';
import { type LockedConcern, lockConcern, placeOf, writeConcern } from './concern-lock.query.ts';
import { replyWorkflow } from './reply.workflow.ts';
import { type ReplyStep, SCOPE_OF_STEP } from './steps.ts';
import type { ReplyState } from './tables.ts';

/** A command on what a structure owes, by the version that was read. */
export interface ConcernInput extends Versioned {
  id: string;
}

/** One command on a concern. */
export interface ConcernCommand {
  /** The mutation. */
  name: string;
  /** The step of the workflow; null for what may be done whatever the state, and leaves it. */
  step: ReplyStep | null;
  /** What the audit calls it. */
  action: string;
}

/** What a command changed beside the state. */
export interface ConcernChange {
  /** For the audit: ids, days and figures, no text of a user or a reply. */
  told?: object;
  /** Why, in the words of who did it. */
  reason?: string;
  /** Why it was sent back, as the structure sees it; left out, it stays as it is. */
  sentBackReason?: string | null;
}

/** What may be done with a concern under its lock. */
export type ConcernWork = (
  trx: Transaction<TestimoniesDatabase>,
  concern: LockedConcern,
) => Promise<ConcernChange>;

/**
 * The way of every command on what a structure owes: permitted, locked, the version that was read, a published
 * testimony, a possible step; then the work, one version more, and its line in the audit.
 *
 * @throws HubError NOT_FOUND for a concern that is unknown or out of reach, CONFLICT for an old version
 */
export async function onConcern(
  writing: Writing<TestimoniesDatabase>,
  { name, step, action }: ConcernCommand,
  input: ConcernInput,
  work: ConcernWork,
): Promise<Written> {
  const key = concernKey(input.id);
  const place = await placeOf(writing.agent, key);
  if (place === null) throw noConcern();
  const scope = step === null ? 'replies:write' : SCOPE_OF_STEP[step];
  const target = { scope, network: place.network_id, place: authorityOf(place) };
  return perform(writing.owner, { ...requestOf(writing, name, input), ...target }, async (trx, audit) => {
    await keepImportsOut(trx);
    const concern = await lockConcern(trx, key, place);
    if (concern === null) throw noConcern();
    demandVersion(input.version, concern.version);
    demandPublished(concern);
    const status = step === null ? concern.status : stateAfter(replyWorkflow, step, concern.status);
    const change = await work(trx, concern);
    await writeConcern(trx, concern, { status, sentBackReason: change.sentBackReason });
    await markWritten(trx, concern.testimony_id);
    await tell(audit, action, concern, status, change);
    return { id: concernId(concern.testimony_id, concern.position) };
  });
}

/** As row-level security sees it: the structure decides, and the site only where none is known. */
const authorityOf = ({
  structure_id: structure,
  site_id: site,
}: Pick<LockedConcern, 'structure_id' | 'site_id'>) => ({
  structure,
  site: structure === null ? site : null,
});

const noConcern = () => new HubError('NOT_FOUND', 'No such structure concerned by a testimony.');

/** Moderation comes first: nobody replies to what may never be public. */
function demandPublished({ testimony_state: state }: LockedConcern): void {
  if (state === 'PUBLISHED') return;
  refuse([
    {
      code: 'TESTIMONY_NOT_PUBLISHED',
      message: `this testimony is ${state}: it is replied to once the moderation has published it`,
      path: ['input', 'id'],
    },
  ]);
}

const tell = (
  audit: Audit,
  action: string,
  concern: LockedConcern,
  state: ReplyState,
  change: ConcernChange,
) =>
  audit({
    networkId: concern.network_id,
    action,
    objectId: concernId(concern.testimony_id, concern.position),
    before: { state: concern.status, version: concern.version },
    after: { state, version: concern.version + 1, ...change.told },
    reason: change.reason ?? null,
  });
