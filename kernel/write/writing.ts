import type { Kysely } from 'kysely';
import type { Agent } from '../postgres/agent.ts';
import type { Viewer } from '../viewer.ts';

/** What a command works with: who asks, and the two ways to what is not published. */
export interface Writing<DB> {
  viewer: Viewer;
  /** Unpublished rows, as far as row-level security lets the viewer see them. */
  agent: Agent<DB>;
  /** Everything: `perform` checks first what the viewer may do. */
  owner: Kysely<DB>;
  requestId: string | undefined;
}

/** Every mutation takes one. */
export interface Keyed {
  idempotencyKey: string;
}

/** A mutation on something that exists, by the version that was read. */
export interface Versioned extends Keyed {
  version: number;
}

/** The request of a mutation, for `perform`. */
export function requestOf<DB, Input extends Keyed>(
  { viewer, requestId }: Writing<DB>,
  name: string,
  input: Input,
) {
  return {
    viewer,
    requestId,
    name,
    idempotencyKey: input.idempotencyKey,
    input: Object.fromEntries(Object.entries(input)),
  };
}
