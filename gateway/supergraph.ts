import { readFile } from 'node:fs/promises';
import { QueryPlanner } from '@graphql-hive/router-query-planner';
import { transformSupergraphToPublicSchema } from '@theguild/federation-composition';
import { buildASTSchema, type GraphQLSchema, parse } from 'graphql';
import { log } from '../kernel/log.ts';
import type { SupergraphSource } from './options.ts';

/** The schema that clients see: without federation's own types, without what is inaccessible. */
export function clientSchema(supergraph: string): GraphQLSchema {
  return buildASTSchema(transformSupergraphToPublicSchema(parse(supergraph, { noLocation: true })));
}

/** The supergraph in service. */
export interface LiveSupergraph {
  sdl(): string;
  stop(): void;
}

/** How often the file is looked at, in milliseconds. */
const POLL = 1000;

/**
 * Reads the supergraph and follows its file. A file that breaks is told in the log, and the last good
 * supergraph stays. Rejects when the first one is not usable.
 */
export async function openSupergraph(
  source: SupergraphSource,
  changed: () => unknown,
): Promise<LiveSupergraph> {
  if (typeof source === 'string') {
    check(source);
    return { sdl: () => source, stop: () => undefined };
  }
  let current = await readFile(source.file, 'utf8');
  check(current);
  let refused = '';
  const look = async () => {
    const text = await readFile(source.file, 'utf8');
    if (text === current || text === refused) return;
    refused = text;
    check(text);
    current = text;
    await changed();
    log.info('the supergraph has changed');
  };
  const timer = setInterval(() => {
    look().catch((error: unknown) =>
      log.error({ err: error }, 'the new supergraph is refused, the last good one stays'),
    );
  }, POLL);
  timer.unref();
  return { sdl: () => current, stop: () => clearInterval(timer) };
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
