import type { Contracts } from './contracts.ts';
import type { InProcessExecutor } from './options.ts';

/** Longest that a subgraph may take to say that it is ready, in milliseconds. */
const PATIENCE = 2000;

/**
 * True once the supergraph is loaded and each subgraph of this process is ready. Subgraphs apart are not asked:
 * a dead one costs its own fields only.
 */
export function readiness(
  contracts: Contracts,
  inProcess: ReadonlyMap<string, InProcessExecutor> = new Map(),
): () => Promise<boolean> {
  return async () => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(resolve, PATIENCE, false);
    });
    const asked = Promise.all([contracts.ready(), ...[...inProcess.values()].map((each) => each.ready?.())]);
    try {
      return await Promise.race([
        late,
        asked.then(
          (answers) => !answers.includes(false),
          () => false,
        ),
      ]);
    } finally {
      clearTimeout(timer);
    }
  };
}
