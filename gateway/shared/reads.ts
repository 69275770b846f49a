import { createHash } from 'node:crypto';
import { type DocumentNode, type OperationDefinitionNode, print } from 'graphql';
import type { Step } from '../execution/plan.ts';

/** Names of the subgraphs that a plan may call, whatever its conditions. */
export function subgraphsOf(step: Step | undefined, found = new Set<string>()): Set<string> {
  if (!step) return found;
  switch (step.kind) {
    case 'sequence':
    case 'parallel':
      for (const each of step.steps) subgraphsOf(each, found);
      break;
    case 'condition':
      subgraphsOf(step.then, found);
      subgraphsOf(step.otherwise, found);
      break;
    default:
      found.add(step.service);
  }
  return found;
}

const names = new WeakMap<OperationDefinitionNode, string>();

/** Names an operation by what it asks: the same for all spellings of its document. */
export function nameOf(document: DocumentNode, operation: OperationDefinitionNode): string {
  let name = names.get(operation);
  if (name === undefined) {
    const asked = JSON.stringify([operation.name?.value ?? null, print(document)]);
    name = createHash('sha256').update(asked).digest('base64url');
    names.set(operation, name);
  }
  return name;
}
