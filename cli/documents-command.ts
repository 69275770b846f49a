import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { forCaller, fromCaller } from './caller.ts';

const fromHere = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * `hub documents`: the trusted documents of a folder, one a line, tab-separated: hash, name, contract (`public` or
 * `internal`), path. Fails like the gateway would on a document that cannot be served. The gateway's code is
 * loaded when it runs: the other verbs have no use for it.
 */
export function documentsCommand(): Command {
  return new Command('documents')
    .description('List the trusted documents: hash, name, contract, path; check them against the schema.')
    .option(
      '--folder <folder>',
      'where they are; schema/operations of the project when omitted',
      (path: string) => fromCaller(path),
    )
    .option(
      '--supergraph <file>',
      'what they must be valid against; the supergraph of the project when omitted',
      (path: string) => fromCaller(path),
    )
    .action(async (options: { folder?: string; supergraph?: string }) => {
      const { documentsFor } = await import('../gateway/documents/open.ts');
      const folder = options.folder ?? fromHere('../schema/operations');
      const supergraph = await readFile(
        options.supergraph ?? fromHere('../schema/supergraph.graphql'),
        'utf8',
      );
      const { all } = await documentsFor({ folder, anonymousQueries: 'free' }, supergraph);
      for (const { hash, name, isPublic, path } of all) {
        const contract = isPublic ? 'public' : 'internal';
        process.stdout.write(`${[hash, name, contract, forCaller(path)].join('\t')}\n`);
      }
    });
}
