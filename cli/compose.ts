import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { composeServices, compositionHasErrors } from '@theguild/federation-composition';
import { lexicographicSortSchema, parse, printSchema } from 'graphql';
import { publicSupergraph } from '../gateway/contract.ts';
import { clientSchema } from '../gateway/supergraph.ts';
import type { Subgraph } from '../kernel/graphql/subgraph.ts';
import { SUBGRAPHS } from '../kernel/postgres/roles.ts';
import { defaultSubgraphUrl } from './ports.ts';

/** What composition needs of a subgraph: no database. */
export type ComposedSubgraph = Pick<Subgraph, 'name' | 'sdl'>;

/** The published contract, as the texts of its files. */
export interface Contract {
  /** What a gateway runs on. */
  supergraph: string;
  /**
   * What anybody sees, portals first: sorted, with descriptions, without federation, without what is inaccessible
   * nor what is tagged `internal`.
   */
  api: string;
  /** What callers with a role of their own see: the same, with what is tagged `internal`. */
  internal: string;
  /** SDL of each subgraph, by name. */
  subgraphs: Record<string, string>;
}

/**
 * Composes subgraphs into one supergraph, whose `join__Graph` URLs are `urlOf(name)`.
 *
 * @throws Error that lists every composition error.
 */
export function composeSupergraph(
  subgraphs: readonly ComposedSubgraph[],
  urlOf: (name: string) => string = defaultSubgraphUrl,
): Contract {
  const ordered = [...subgraphs].sort((a, b) => a.name.localeCompare(b.name));
  const result = composeServices(
    ordered.map(({ name, sdl }) => ({ name, typeDefs: parse(sdl), url: urlOf(name) })),
  );
  if (compositionHasErrors(result)) {
    const reasons = result.errors.map(({ message }) => `  ${message}`);
    throw new Error(`The subgraphs do not compose:\n${reasons.join('\n')}`);
  }
  const supergraph = `${result.supergraphSdl.trim()}\n`;
  return {
    supergraph,
    api: clientText(publicSupergraph(supergraph)),
    internal: clientText(supergraph),
    subgraphs: Object.fromEntries(ordered.map(({ name, sdl }) => [name, sdl])),
  };
}

const clientText = (supergraph: string) =>
  `${printSchema(lexicographicSortSchema(clientSchema(supergraph)))}\n`;

const SUBGRAPH_FOLDERS = new URL('../subgraphs/', import.meta.url);

/** The SDL of every subgraph, from its `schema.ts`: no database is needed to compose. */
export async function subgraphSchemas(): Promise<ComposedSubgraph[]> {
  const present = SUBGRAPHS.filter((name) => existsSync(new URL(`${name}/schema.ts`, SUBGRAPH_FOLDERS)));
  return Promise.all(
    present.map(async (name) => {
      const { sdl }: { sdl: string } = await import(new URL(`${name}/schema.ts`, SUBGRAPH_FOLDERS).href);
      return { name, sdl };
    }),
  );
}

/** Path, inside the folder `schema/`, and text of each file of a contract. */
export function contractFiles({ supergraph, api, internal, subgraphs }: Contract): Map<string, string> {
  return new Map([
    ['supergraph.graphql', supergraph],
    ['api.graphql', api],
    ['internal.graphql', internal],
    ...Object.entries(subgraphs).map(([name, sdl]) => [`subgraphs/${name}.graphql`, sdl] as const),
  ]);
}

/** Folder of the published contract. */
export const CONTRACT_FOLDER = fileURLToPath(new URL('../schema', import.meta.url));

/** Writes the files of a contract; the paths that were written. */
export async function writeContract(contract: Contract, folder = CONTRACT_FOLDER): Promise<string[]> {
  await mkdir(join(folder, 'subgraphs'), { recursive: true });
  const files = [...contractFiles(contract)].map(([path, text]) => ({ path: join(folder, path), text }));
  for (const { path, text } of files) await writeFile(path, text);
  return files.map(({ path }) => path);
}
