import { type RawBuilder, sql, type Transaction } from 'kysely';
import { HubError } from '../../../kernel/errors.ts';
import type { Written } from '../../../kernel/graphql/mutation.ts';
import { cleanText } from '../../../kernel/text.ts';
import type { Audit } from '../../../kernel/write/audit.ts';
import { perform } from '../../../kernel/write/command.ts';
import { demandVersion } from '../../../kernel/write/version.ts';
import { stateAfter } from '../../../kernel/write/workflow.ts';
import { requestOf, type Versioned, type Writing } from '../../../kernel/write/writing.ts';
import type { TestimoniesDatabase } from '../tables.ts';
import { keepImportsOut, WRITTEN_HERE } from '../testimony/written.query.ts';
import { moderationWorkflow } from './moderation.workflow.ts';
import type { TestimonyState } from './tables.ts';

/** A decision on one testimony, by the version that was read. */
export interface Decision extends Versioned {
  id: string;
}

export type Verb = keyof typeof moderationWorkflow.steps;

/** What a decision is made on, under its lock. */
export interface Decided {
  id: string;
  state: TestimonyState;
  version: number;
  title: string;
  body: string;
  rejection_code: string | null;
}

/** What a decision changes beside the state and the version. */
export interface Change {
  /** Assignments to columns of the testimony. */
  set: RawBuilder<unknown>;
  /** The code of the reason, for the audit. */
  reason?: string | undefined;
}

type Trx = Transaction<TestimoniesDatabase>;

/**
 * One step of the moderation: the testimony is locked, its version and state are checked, then it is written. The
 * audit tells states and codes, never a text: neither the user's, nor the moderator's words, which may repeat it.
 *
 * @param name the mutation
 * @param change what else it does to the testimony; refuses mistakes of the input
 * @throws HubError as `perform`; NOT_FOUND for no testimony, CONFLICT for another version
 */
export function decide<Input extends Decision>(
  writing: Writing<TestimoniesDatabase>,
  { name, verb, input }: { name: string; verb: Verb; input: Input },
  change: (testimony: Decided, trx: Trx) => Change | Promise<Change>,
): Promise<Written> {
  const id = cleanText(input.id, 'id');
  const request = {
    ...requestOf(writing, name, input),
    scope: 'testimonies:moderate',
    network: null,
  } as const;
  return perform(writing.owner, request, async (trx, audit) => {
    await keepImportsOut(trx);
    const testimony = await lockTestimony(trx, id);
    demandVersion(input.version, testimony.version);
    const state = stateAfter(moderationWorkflow, verb, testimony.state);
    const { set, reason } = await change(testimony, trx);
    await sql`
      update testimonies.testimony set ${set}, state = ${state}, version = version + 1, ${WRITTEN_HERE}
       where id = ${id}`.execute(trx);
    await tell(trx, audit, {
      action: ACTIONS[verb],
      objectId: id,
      before: summaryOf(testimony.state, testimony.version, testimony.rejection_code),
      after: summaryOf(state, testimony.version + 1, reason),
    });
    return { id };
  });
}

const ACTIONS: Readonly<Record<Verb, string>> = {
  mask: 'TESTIMONY_MASKED',
  publish: 'TESTIMONY_PUBLISHED',
  reject: 'TESTIMONY_REJECTED',
  withdraw: 'TESTIMONY_WITHDRAWN',
  reconsider: 'TESTIMONY_RECONSIDERED',
};

const summaryOf = (state: TestimonyState, version: number, reason: string | null | undefined) => ({
  state,
  version,
  ...(reason ? { reason } : {}),
});

/** A testimony that no other command changes until the transaction ends. @throws HubError NOT_FOUND */
export async function lockTestimony(trx: Trx, id: string): Promise<Decided> {
  const testimony = await trx
    .selectFrom('testimonies.testimony')
    .select(['id', 'state', 'version', 'title', 'body', 'rejection_code'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!testimony) throw new HubError('NOT_FOUND', 'No such testimony.');
  return testimony;
}

/** Tells the audit of every network concerned; of none where no structure was recognised. */
export async function tell(
  trx: Trx,
  audit: Audit,
  row: { action: string; objectId: string; before: object | null; after: object | null },
): Promise<void> {
  const { rows } = await sql<{ network_id: string }>`
    select distinct network_id from testimonies.concern where testimony_id = ${row.objectId}
     order by network_id`.execute(trx);
  const networks = rows.length > 0 ? rows.map(({ network_id }) => network_id) : [null];
  for (const networkId of networks) await audit({ networkId, ...row });
}
