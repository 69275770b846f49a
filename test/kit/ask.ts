import { parse, validate } from 'graphql';
import { afterAll } from 'vitest';
import { executeInProcess } from '../../kernel/graphql/execute.ts';
import type { Seen } from '../../kernel/graphql/kept.ts';
import type { Representation, Subgraph } from '../../kernel/graphql/subgraph.ts';
import { ANONYMOUS, type Viewer } from '../../kernel/viewer.ts';

/** Who asks, and what a gateway says of the request. */
export interface AskedBy {
  viewer?: Viewer;
  requestId?: string;
  seen?: Seen;
}

/**
 * Asks one query of a subgraph, in a request of its own; the answer is plain JSON, as over HTTP. A query that the
 * schema does not allow is a mistake of the test, and throws.
 */
export async function askOf(
  subgraph: Subgraph,
  query: string,
  variables: Record<string, unknown> = {},
  { viewer = ANONYMOUS, ...more }: AskedBy = {},
) {
  const document = parse(query);
  const mistakes = validate(subgraph.schema, document);
  if (mistakes.length > 0) throw new Error(mistakes.map(({ message }) => message).join('\n'));
  const request = { document, variables, requestKey: {}, viewer, ...more };
  return JSON.parse(JSON.stringify(await executeInProcess(subgraph, request)));
}

/** Two ways to ask a subgraph, which is closed after the tests of the file. */
export function asking(subgraph: Subgraph) {
  afterAll(() => subgraph.close());
  const ask = (query: string, variables?: Record<string, unknown>, by?: AskedBy) =>
    askOf(subgraph, query, variables, by);
  /** The fields of entities, as the gateway asks for them. */
  const entities = (references: readonly Representation[], fields: string) =>
    ask(`query ($r: [_Any]!) { _entities(representations: $r) { ${fields} } }`, { r: references });
  return { ask, entities };
}
