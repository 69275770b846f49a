import { Command } from 'commander';
import type { Config } from '../../kernel/config.ts';
import { withDatabase } from '../database.ts';
import { prepareDatabase } from '../prepare.ts';

/** `hub demo`: adds the demonstration set to a directory that is already imported. */
export function demoCommand(config: Config): Command {
  return new Command('demo')
    .description('Add the demonstration results, labelled as such, on the sites of the directory.')
    .action(() =>
      withDatabase(config, async (url) => {
        const say = (step: string) => console.log(step);
        await prepareDatabase(url, say);
        const { loadDemo } = await import('./load.ts');
        await loadDemo(url, say);
      }),
    );
}
