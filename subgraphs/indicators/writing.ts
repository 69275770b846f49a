import type { Kysely } from 'kysely';
import type { Agent } from '../../kernel/postgres/agent.ts';
import type { Viewer } from '../../kernel/viewer.ts';
import type { IndicatorsTables } from './tables.ts';

/** What a command works with: who asks, and the two ways to what is not published. */
export interface Writing {
  viewer: Viewer;
  /** Unpublished rows, as far as row-level security lets the viewer see them. */
  agent: Agent<IndicatorsTables>;
  /** Everything: `perform` checks first what the viewer may do. */
  owner: Kysely<IndicatorsTables>;
  requestId: string | undefined;
}

/** Every mutation takes one. */
export interface Keyed {
  idempotencyKey: string;
}

/** The request of a mutation, for `perform`. */
export function requestOf<Input extends Keyed>({ viewer, requestId }: Writing, name: string, input: Input) {
  return {
    viewer,
    requestId,
    name,
    idempotencyKey: input.idempotencyKey,
    input: Object.fromEntries(Object.entries(input)),
  };
}
