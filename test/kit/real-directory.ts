import { fileURLToPath } from 'node:url';
import type { Feed } from '../../kernel/import/feed.ts';
import { runImport } from '../../kernel/import/run.ts';
import type { ImportSource } from '../../kernel/import/workspace.ts';
import { annuaire } from '../../subgraphs/administrations/import/annuaire.merge.ts';
import { cog } from '../../subgraphs/administrations/import/cog.merge.ts';
import { cogSource } from '../../subgraphs/administrations/import/cog.source.ts';
import { syncReference } from '../../subgraphs/administrations/reference/sync.ts';

/** The extract of the State directory that comes with the hub: sites of the programme's networks. */
export const BUNDLED_DIRECTORY = fileURLToPath(
  new URL('../../data/annuaire-programme.json.gz', import.meta.url),
);

async function load(feed: Feed, source: ImportSource, databaseUrl: string): Promise<void> {
  const report = await runImport(feed, source, { databaseUrl });
  if (report.state !== 'PUBLISHED') throw new Error(`${feed.name}: ${JSON.stringify(report)}`);
}

/** For `testDatabase`: the whole COG and the reviewed tables, no site. */
export const realGeography = {
  template: 'geography',
  async build(url: string): Promise<void> {
    await load(cog, await cogSource(), url);
    await syncReference(url);
  },
};

/** For `testDatabase`: the same with the bundled sites of the State directory, as after a first start. */
export const realDirectory = {
  template: 'directory',
  async build(url: string): Promise<void> {
    await realGeography.build(url);
    await load(annuaire, BUNDLED_DIRECTORY, url);
  },
};
