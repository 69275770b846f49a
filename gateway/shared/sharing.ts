import type { DocumentNode, ExecutionResult, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { ANONYMOUS, audienceOf, type Viewer } from '../../kernel/viewer.ts';
import type { HubContext, TravelContext } from '../context.ts';
import { declaredBySubgraphs, leastStaleness } from '../documents/staleness.ts';
import type { Prepared } from '../execution/prepare.ts';
import { SharedRuns } from '../execution/share.ts';
import type { SharedAnswers } from './answers.ts';
import type { Moment } from './freshness.ts';
import { nameOf, subgraphsOf } from './reads.ts';

/** A query that may run. */
export interface Asked {
  document: DocumentNode;
  operation: OperationDefinitionNode;
  /** As GraphQL reads them, defaults included. */
  variables: Readonly<Record<string, unknown>>;
  prepared: Prepared;
}

/** How far this gateway has followed what is published of a subgraph. */
export type SeenOf = TravelContext['seen'];

export const NOTHING_SEEN: SeenOf = () => undefined;

/** In whose name a query runs: partners without a role see what anybody sees, by construction. */
export const readerOf = (viewer: Viewer): Viewer => (viewer.role === 'PUBLIC' ? ANONYMOUS : viewer);

/** What the requests of one contract share: runs that are under way, and answers that are kept. */
export class Sharing {
  readonly #schema: GraphQLSchema;
  readonly #answers: SharedAnswers | undefined;
  readonly #declared: ReadonlyMap<string, number>;
  readonly #runs = new SharedRuns();
  readonly #subgraphs = new WeakMap<Prepared, ReadonlySet<string>>();
  /** Of the supergraph in service when this was made. */
  readonly #generation: number;
  /** Mutations that ended in this process: what agents see of their own changes with each. */
  #written = 0;

  constructor(schema: GraphQLSchema, answers: SharedAnswers | undefined) {
    this.#schema = schema;
    this.#answers = answers;
    this.#declared = declaredBySubgraphs(schema);
    this.#generation = answers?.generation ?? 0;
  }

  /**
   * Answers a query: by what is kept (then `hub.shared.kept` is what is to be sent, and the result holds nothing), by a
   * run that is under way and as fresh as this request, or by a run of its own.
   */
  async answer(
    hub: HubContext,
    asked: Asked,
    start: (signal: AbortSignal, seen: SeenOf) => Promise<ExecutionResult>,
  ): Promise<ExecutionResult> {
    const { document, operation, variables } = asked;
    const audience = audienceOf(hub.viewer);
    const key = `${nameOf(document, operation)} ${JSON.stringify(variables)}`;
    const taken = this.#answers?.freshness.now();
    const moment = typeof taken === 'object' ? await taken : taken;
    const mayBeKept =
      this.#answers && moment !== undefined && moment !== null && hub.viewer.role === 'PUBLIC';
    if (mayBeKept) {
      const kept = this.#answers.find(key, moment);
      if (kept) {
        hub.shared.kept = kept;
        return { data: {} };
      }
    }
    const run = JSON.stringify([key, audience, this.#written, this.#epoch(moment)]);
    const follows = moment !== undefined && moment !== null;
    const result = await this.#runs.run(document, run, hub.request?.signal, (signal) =>
      start(signal, follows ? this.#seen : NOTHING_SEEN),
    );
    if (mayBeKept && !result.errors) {
      const domains = await this.#domainsOf(asked);
      const estimate = hub.spent.estimate ?? 0;
      if (domains) hub.shared.origin = { generation: this.#generation, key, moment, domains, estimate };
    }
    return result;
  }

  readonly #seen: SeenOf = (subgraph) => this.#answers?.freshness.seenOf(subgraph);

  /** Whoever asks from now on sees what a mutation did. */
  written(): void {
    this.#written += 1;
  }

  /** Runs that began before a publication are joined by nobody who came after it. */
  #epoch(moment: Moment | null | undefined): number | string {
    if (!this.#answers || moment === undefined) return '';
    // What is published cannot be followed: each request runs for itself.
    return moment === null ? `alone ${alone++}` : this.#answers.freshness.epoch;
  }

  /** The schemas that an answer depends on; null when it may not be kept, at all or by what the schema declares. */
  async #domainsOf({ document, prepared }: Asked): Promise<readonly string[] | null> {
    let subgraphs = this.#subgraphs.get(prepared);
    if (!subgraphs) {
      const called = subgraphsOf(await prepared.step);
      const seconds = leastStaleness(this.#schema, this.#declared, document, called);
      subgraphs = seconds > 0 ? called : new Set();
      this.#subgraphs.set(prepared, subgraphs);
    }
    return subgraphs.size === 0 ? null : (this.#answers?.freshness.domainsOf(subgraphs) ?? null);
  }
}

let alone = 0;
