/** An unknown amount that flows between two places; `same` of them run side by side. */
export interface Flow<T> {
  from: string;
  to: string;
  same: number;
  about: T;
}

/**
 * The unknown flows that can be worked out when all that flows into each place flows out of it: those without which
 * their two ends would not be connected. A flow on a cycle can be any amount, if the others on it give way.
 *
 * Tarjan's search for bridges, without recursion.
 */
export function bridges<T>(flows: readonly Flow<T>[]): Flow<T>[] {
  const edges = new Map<string, { flow: Flow<T>; other: string }[]>();
  const add = (at: string, flow: Flow<T>, other: string) =>
    edges.set(at, [...(edges.get(at) ?? []), { flow, other }]);
  for (const flow of flows) {
    add(flow.from, flow, flow.to);
    if (flow.to !== flow.from) add(flow.to, flow, flow.from);
  }
  const found: Flow<T>[] = [];
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  for (const root of edges.keys()) {
    if (order.has(root)) continue;
    const path: { at: string; by: Flow<T> | null; next: number }[] = [];
    const enter = (at: string, by: Flow<T> | null) => {
      lowest.set(at, order.size);
      order.set(at, order.size);
      path.push({ at, by, next: 0 });
    };
    const lower = (at: string, to: number) => lowest.set(at, Math.min(lowest.get(at) ?? to, to));
    enter(root, null);
    for (let step = path.at(-1); step; step = path.at(-1)) {
      const edge = edges.get(step.at)?.[step.next];
      step.next += 1;
      if (edge === undefined) {
        path.pop();
        const parent = path.at(-1);
        if (!parent || step.by === null) continue;
        lower(parent.at, lowest.get(step.at) ?? 0);
        if ((lowest.get(step.at) ?? 0) > (order.get(parent.at) ?? 0) && step.by.same === 1)
          found.push(step.by);
      } else if (edge.flow !== step.by && order.has(edge.other)) lower(step.at, order.get(edge.other) ?? 0);
      else if (edge.flow !== step.by) enter(edge.other, edge.flow);
    }
  }
  return found;
}
