import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { composeServices, compositionHasErrors } from '@theguild/federation-composition';
import { Command, InvalidArgumentError } from 'commander';
import { buildASTSchema, lexicographicSortSchema, parse, printSchema } from 'graphql';
import type { Subgraph } from '../kernel/graphql/subgraph.ts';
import { SUBGRAPHS } from '../kernel/postgres/roles.ts';
import { refuseBreaking } from './breaking.ts';

/** What composition needs of a subgraph: no database. */
export type ComposedSubgraph = Pick<Subgraph, 'name' | 'sdl'>;

/** The published contract, as the texts of its files. */
export interface Contract {
  /** What a gateway runs on. */
  supergraph: string;
  /** What a consumer sees: sorted, with descriptions, without federation and without inaccessible elements. */
  api: string;
  /** SDL of each subgraph, by name. */
  subgraphs: Record<string, string>;
}

/** Where a subgraph answers when it is served apart and nothing else is said: 4001, 4002… in this order. */
export const defaultSubgraphUrl = (name: string): string =>
  `http://localhost:${defaultSubgraphPort(name)}/graphql`;

/** 4001 for the first subgraph, and so on. */
export const defaultSubgraphPort = (name: string): number =>
  4001 + SUBGRAPHS.findIndex((known) => known === name);

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
  const api = lexicographicSortSchema(buildASTSchema(parse(result.publicSdl), { assumeValidSDL: true }));
  return {
    supergraph: `${result.supergraphSdl.trim()}\n`,
    api: `${printSchema(api)}\n`,
    subgraphs: Object.fromEntries(ordered.map(({ name, sdl }) => [name, sdl])),
  };
}

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
export function contractFiles({ supergraph, api, subgraphs }: Contract): Map<string, string> {
  return new Map([
    ['supergraph.graphql', supergraph],
    ['api.graphql', api],
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

/** `hub compose`: writes the published contract from the code of the subgraphs. */
export function composeCommand(): Command {
  return new Command('compose')
    .description('Compose the subgraphs and write the schemas: supergraph, public schema, subgraphs.')
    .option('--accept <reason>', 'accept changes that break consumers, and write the reason down')
    .option('--folder <folder>', 'where to write', CONTRACT_FOLDER)
    .option('--url <name=url...>', 'where a subgraph answers when it is not at its default address', [])
    .action(async ({ accept, folder, url }: { accept?: string; folder: string; url: string[] }) => {
      const urls = new Map(url.map(readUrl));
      const urlOf = (name: string) => urls.get(name) ?? defaultSubgraphUrl(name);
      const contract = composeSupergraph(await subgraphSchemas(), urlOf);
      const published = join(folder, 'api.graphql');
      if (existsSync(published))
        await refuseBreaking(await readFile(published, 'utf8'), contract.api, accept);
      for (const path of await writeContract(contract, folder)) process.stdout.write(`${path}\n`);
    });
}

function readUrl(option: string): [name: string, url: string] {
  const [name = '', ...rest] = option.split('=');
  const url = rest.join('=');
  if (!SUBGRAPHS.some((known) => known === name) || !URL.canParse(url)) {
    throw new InvalidArgumentError(
      `"${option}" is not <subgraph>=<url>; subgraphs: ${SUBGRAPHS.join(', ')}.`,
    );
  }
  return [name, url];
}
