import type { Viewer } from '../kernel/viewer.ts';
import { publicSupergraph } from './contract.ts';
import type { Deadlines } from './handler.ts';
import type { GatewayOptions } from './options.ts';
import { createRuntime, type Runtime } from './runtime.ts';
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
  deadlines: Deadlines,
  plugins: NonNullable<GatewayOptions['plugins']>,
): Contracts {
  const open = createRuntime(() => publicSupergraph(supergraph.sdl()), transports, deadlines, plugins);
  const whole = createRuntime(() => supergraph.sdl(), transports, deadlines, plugins);
  const both = [open, whole];
  supergraph.follow(() => Promise.all(both.map((runtime) => runtime.invalidateUnifiedGraph())));
  return {
    of: ({ role }) => (role === 'PUBLIC' ? open : whole),
    ready: async () => {
      await Promise.all(both.map((runtime) => runtime.getSchema()));
    },
    close: async () => {
      await Promise.all(both.map((runtime) => runtime[Symbol.asyncDispose]()));
    },
  };
}
