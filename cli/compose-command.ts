import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { SUBGRAPHS } from '../kernel/postgres/roles.ts';
import { fromCaller } from './caller.ts';
import { defaultSubgraphUrl } from './ports.ts';

/**
 * `hub compose`: writes the published contract from the code of the subgraphs. Composition is loaded when it runs:
 * the other verbs have no use for it.
 */
export function composeCommand(): Command {
  return new Command('compose')
    .description(
      'Compose the subgraphs and write the schemas: supergraph, public and internal contract, subgraphs.',
    )
    .option('--accept <reason>', 'accept changes that break consumers, and write the reason down')
    .option('--folder <folder>', 'where to write; the contract of the project when omitted', (path: string) =>
      fromCaller(path),
    )
    .option('--url <name=url...>', 'where a subgraph answers when it is not at its default address', [])
    .action(async ({ accept, folder: wanted, url }: { accept?: string; folder?: string; url: string[] }) => {
      const { CONTRACT_FOLDER, composeSupergraph, subgraphSchemas, writeContract } = await import(
        './compose.ts'
      );
      const { refuseBreaking } = await import('./breaking.ts');
      const folder = wanted ?? CONTRACT_FOLDER;
      const urls = new Map(url.map(readUrl));
      const urlOf = (name: string) => urls.get(name) ?? defaultSubgraphUrl(name);
      const contract = composeSupergraph(await subgraphSchemas(), urlOf);
      for (const kind of ['api', 'internal'] as const) {
        const published = join(folder, `${kind}.graphql`);
        if (existsSync(published))
          await refuseBreaking(await readFile(published, 'utf8'), contract[kind], accept);
      }
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
