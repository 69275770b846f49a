import type { Viewer } from '../kernel/viewer.ts';
import { publicSupergraph } from './contract.ts';
import { KnownOperations } from './known.ts';
import { createRuntime, type Runtime, type RuntimeOptions } from './runtime.ts';
import type { LiveSupergraph } from './supergraph.ts';
import type { Transports } from './transport.ts';

/**
 * One runtime per contract: a caller without a role of its own is parsed, validated and introspected against the
 * public schema alone, so that no message and no suggestion can name an internal element.
 */
export interface Contracts {
  /** What serves this viewer. */
  of(viewer: Viewer): Contract;
  /** Resolves once both can serve. */
  ready(): Promise<void>;
  close(): Promise<void>;
}

/** The runtime of a contract, and the operations that it has answered. */
export interface Contract {
  runtime: Runtime;
  known: KnownOperations;
}

/** Makes both runtimes, and renews them when the supergraph changes. */
export function openContracts(
  supergraph: LiveSupergraph,
  transports: Transports,
  options: RuntimeOptions,
): Contracts {
  const contract = (sdl: () => string): Contract => ({
    runtime: createRuntime(sdl, transports, options),
    known: new KnownOperations(),
  });
  const open = contract(() => publicSupergraph(supergraph.sdl()));
  const whole = contract(() => supergraph.sdl());
  const both = [open, whole];
  supergraph.follow(async () => {
    options.answers?.clear();
    for (const { known } of both) known.clear();
    await Promise.all(both.map(async ({ runtime }) => runtime.invalidateUnifiedGraph()));
    // Also what was learned of the former one meanwhile.
    for (const { known } of both) known.clear();
  });
  return {
    of: ({ role }) => (role === 'PUBLIC' ? open : whole),
    ready: async () => {
      await Promise.all(both.map(async ({ runtime }) => runtime.getSchema()));
    },
    close: async () => {
      await Promise.all(both.map(({ runtime }) => runtime[Symbol.asyncDispose]()));
    },
  };
}
