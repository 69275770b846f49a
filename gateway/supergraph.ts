import { readFile } from 'node:fs/promises';
import { QueryPlanner } from '@graphql-hive/router-query-planner';
import { transformSupergraphToPublicSchema } from '@theguild/federation-composition';
import { buildASTSchema, GraphQLSchema, isScalarType, isSpecifiedDirective, Kind, parse } from 'graphql';
import { SCALARS } from '../kernel/graphql/scalars.ts';
import { log } from '../kernel/log.ts';
import type { SupergraphSource } from './options.ts';

/**
 * The schema that clients see: without federation's own types, without what is inaccessible, and without the
 * directives that subgraphs declare things with for the gateway. These stay readable on the nodes of the syntax.
 * The scalars of the hub read values as subgraphs do.
 */
export function clientSchema(supergraph: string): GraphQLSchema {
  const schema = buildASTSchema(transformSupergraphToPublicSchema(parse(supergraph, { noLocation: true })));
  // A day that is none is refused here, once, before any subgraph is asked.
  for (const { name, parseValue, parseLiteral } of SCALARS) {
    const type = schema.getType(name);
    if (isScalarType(type)) Object.assign(type, { parseValue, parseLiteral });
  }
  return new GraphQLSchema({
    ...schema.toConfig(),
    directives: schema.getDirectives().filter((directive) => isSpecifiedDirective(directive)),
  });
}

/** The subgraphs of a supergraph by name, each with its address as the supergraph has it; empty where it has none. */
export function subgraphAddresses(sdl: string): ReadonlyMap<string, string> {
  const addresses = new Map<string, string>();
  const graphs = parse(sdl, { noLocation: true }).definitions.find(
    (definition) => definition.kind === Kind.ENUM_TYPE_DEFINITION && definition.name.value === 'join__Graph',
  );
  if (graphs?.kind !== Kind.ENUM_TYPE_DEFINITION) return addresses;
  for (const { directives = [] } of graphs.values ?? []) {
    const values = directives.find((directive) => directive.name.value === 'join__graph')?.arguments ?? [];
    const said = (argument: string) => {
      const value = values.find((each) => each.name.value === argument)?.value;
      return value?.kind === Kind.STRING ? value.value : undefined;
    };
    const name = said('name');
    if (name !== undefined) addresses.set(name, said('url') ?? '');
  }
  return addresses;
}

/** The supergraph in service. */
export interface LiveSupergraph {
  sdl(): string;
  /** Calls `changed` after each change of the file that can be served. */
  follow(changed: () => unknown): void;
  stop(): void;
}

/** How often the file is looked at, in milliseconds. */
const POLL = 1000;

/**
 * Reads the supergraph, and its file again when it changes. A file that breaks is told in the log, and the last
 * good supergraph stays. Rejects when the first one is not usable.
 */
export async function openSupergraph(source: SupergraphSource): Promise<LiveSupergraph> {
  const text = typeof source === 'string' ? source : await readFile(source.file, 'utf8');
  check(text);
  if (typeof source === 'string') return { sdl: () => text, follow: () => undefined, stop: () => undefined };
  return new SupergraphFile(source.file, text);
}

class SupergraphFile implements LiveSupergraph {
  private readonly file: string;
  private current: string;
  private refused = '';
  private timer: NodeJS.Timeout | undefined;

  constructor(file: string, text: string) {
    this.file = file;
    this.current = text;
  }

  sdl(): string {
    return this.current;
  }

  follow(changed: () => unknown): void {
    this.timer = setInterval(() => {
      this.look(changed).catch((error: unknown) =>
        log.error({ err: error }, 'the new supergraph is refused, the last good one stays'),
      );
    }, POLL);
    this.timer.unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async look(changed: () => unknown): Promise<void> {
    const text = await readFile(this.file, 'utf8');
    if (text === this.current || text === this.refused) return;
    this.refused = text;
    check(text);
    this.current = text;
    this.refused = '';
    await changed();
    log.info('the supergraph has changed');
  }
}

/** Throws when the gateway could not serve this supergraph. */
function check(sdl: string): void {
  try {
    if (!/\benum join__Graph\b/.test(sdl)) throw new Error('It has no federation directives.');
    clientSchema(sdl);
    new QueryPlanner(sdl);
  } catch (error) {
    throw new Error('This is not a supergraph that the gateway can serve.', { cause: error });
  }
}
