import type { InProcessExecutor } from '../gateway/options.ts';
import { executeInProcess } from '../kernel/graphql/execute.ts';
import type { Subgraph } from '../kernel/graphql/subgraph.ts';

/** What the gateway calls for subgraphs that live in its process. */
export function inProcess(subgraphs: readonly Subgraph[]): ReadonlyMap<string, InProcessExecutor> {
  return new Map(
    subgraphs.map((subgraph) => [
      subgraph.name,
      {
        execute: (request) => executeInProcess(subgraph, request),
        ...(subgraph.routes && { routes: subgraph.routes }),
        ready: () => subgraph.ready(),
      },
    ]),
  );
}
