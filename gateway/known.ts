import type { ExecutionResult } from 'graphql';
import { isRecord } from '../kernel/record.ts';
import type { GraphQLRequest } from './answered.ts';
import type { HubContext } from './context.ts';
import { checkVariables } from './limits/variables.ts';

/** Runs an operation that is valid, with other variables. */
export type RunAgain = (variables: Record<string, unknown>, hub: HubContext) => Promise<ExecutionResult>;

/** What a request asks, spelled the plain way that clients spell it. */
export interface PlainRequest {
  key: string;
  variables: Record<string, unknown>;
}

/** An operation that came before and was answered. */
export interface KnownOperation {
  run: RunAgain;
  /** Those of its answer. */
  headers: Readonly<Record<string, string>>;
}

/** Operations that are remembered, and the longest text of one, in characters. */
const MOST = 500;
const LONGEST = 20_000;

const PLAIN_TYPE = /^application\/json(?:; ?charset=utf-8)?$/i;
const PLAIN_KEYS = new Set(['query', 'variables', 'operationName']);

/**
 * Queries that one contract has read, validated and answered: they are run again without the reading. What is not
 * spelled in the plainest way, and every answer that tells of errors, goes through the runtime, which knows all of GraphQL
 * over HTTP.
 */
export class KnownOperations {
  /** The one asked last is the last. */
  readonly #known = new Map<string, KnownOperation>();
  #generation = 0;

  /** Another number for each supergraph. */
  get generation(): number {
    return this.#generation;
  }

  find(key: string): KnownOperation | undefined {
    const found = this.#known.get(key);
    if (!found) return undefined;
    this.#known.delete(key);
    this.#known.set(key, found);
    return found;
  }

  /** @param generation that of when the request came: what is learned of one supergraph is not for the next */
  learn(key: string, operation: KnownOperation, generation: number): void {
    if (generation !== this.#generation || key.length > LONGEST) return;
    this.#known.set(key, operation);
    if (this.#known.size <= MOST) return;
    for (const oldest of this.#known.keys()) {
      this.#known.delete(oldest);
      return;
    }
  }

  /** Lets all go: the supergraph is another one. */
  clear(): void {
    this.#generation += 1;
    this.#known.clear();
  }
}

/** What a request asks, if it is a POST of JSON with nothing but a document, its operation and fit variables. */
export function plainRequest({ method, headers, body }: GraphQLRequest): PlainRequest | undefined {
  if (method !== 'POST' || body === undefined || !PLAIN_TYPE.test(headers['content-type'] ?? ''))
    return undefined;
  try {
    const asked: unknown = JSON.parse(body);
    if (!isRecord(asked)) return undefined;
    for (const name of Object.keys(asked)) if (!PLAIN_KEYS.has(name)) return undefined;
    const { query, operationName, variables } = asked;
    if (typeof query !== 'string' || !isTextOrNothing(operationName)) return undefined;
    const given = variables ?? {};
    if (!isRecord(given)) return undefined;
    checkVariables(given);
    return { key: `${headers.accept ?? ''}\n${operationName ?? ''}\n${query}`, variables: given };
  } catch {
    // For the runtime to refuse.
    return undefined;
  }
}

const isTextOrNothing = (value: unknown): value is string | null | undefined =>
  value === undefined || value === null || (typeof value === 'string' && value !== '');
