import type { DocumentNode, ExecutionResult } from 'graphql';

interface Shared {
  result: Promise<ExecutionResult>;
  waiting: number;
  abort: AbortController;
}

/**
 * Runs identical concurrent queries once. `key` holds all that the answer depends on beside the document:
 * operation, variables, viewer. When the last client that waits goes away, the run is aborted.
 */
export class SharedRuns {
  private readonly runs = new WeakMap<DocumentNode, Map<string, Shared>>();

  run(
    document: DocumentNode,
    key: string,
    client: AbortSignal | undefined,
    start: (signal: AbortSignal) => Promise<ExecutionResult>,
  ): Promise<ExecutionResult> {
    let byKey = this.runs.get(document);
    if (!byKey) {
      byKey = new Map();
      this.runs.set(document, byKey);
    }
    let shared = byKey.get(key);
    if (!shared) {
      const abort = new AbortController();
      const runs = byKey;
      const started: Shared = { abort, waiting: 0, result: start(abort.signal) };
      const forget = () => {
        if (runs.get(key) === started) runs.delete(key);
      };
      started.result.then(forget, forget);
      // Nobody joins a run that is being aborted.
      abort.signal.addEventListener('abort', forget, { once: true });
      byKey.set(key, started);
      shared = started;
    }
    return wait(shared, client);
  }
}

async function wait(shared: Shared, client: AbortSignal | undefined): Promise<ExecutionResult> {
  shared.waiting += 1;
  const leave = () => {
    shared.waiting -= 1;
    if (shared.waiting === 0) shared.abort.abort();
  };
  client?.addEventListener('abort', leave, { once: true });
  try {
    return { ...(await shared.result) };
  } finally {
    client?.removeEventListener('abort', leave);
  }
}
