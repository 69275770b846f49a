import type { Viewer } from '../kernel/viewer.ts';
import { publicSupergraph } from './contract.ts';
import { createRuntime, type Runtime, type RuntimeOptions } from './runtime.ts';
import type { LiveSupergraph } from './supergraph.ts';
import type { Transports } from './transport.ts';

/**
 * One runtime per contract: a caller without a role of its own is parsed, validated and introspected against the
 * public schema alone, so that no message and no suggestion can name an internal element.
 */
export interface Contracts {
  /** The runtime that serves this viewer. */
  of(viewer: Viewer): Runtime;
  /** Resolves once both can serve. */
  ready(): Promise<void>;
  close(): Promise<void>;
}

/** Makes both runtimes, and renews them when the supergraph changes. */
export function openContracts(
  supergraph: LiveSupergraph,
  transports: Transports,
  options: RuntimeOptions,
): Contracts {
  const open = createRuntime(() => publicSupergraph(supergraph.sdl()), transports, options);
  const whole = createRuntime(() => supergraph.sdl(), transports, options);
  const both = [open, whole];
  supergraph.follow(() => {
    options.answers?.clear();
    return Promise.all(both.map(async (runtime) => runtime.invalidateUnifiedGraph()));
  });
  return {
    of: ({ role }) => (role === 'PUBLIC' ? open : whole),
    ready: async () => {
      await Promise.all(both.map(async (runtime) => runtime.getSchema()));
    },
    close: async () => {
      await Promise.all(both.map((runtime) => runtime[Symbol.asyncDispose]()));
    },
  };
}
