import { Command } from 'commander';
import type { Config } from '../kernel/config.ts';
import { withDatabase } from './database.ts';
import { prepareDatabase } from './prepare.ts';

/** `hub migrate`: schemas, roles and reference tables brought up to date; running it again changes nothing. */
export function migrateCommand(config: Config): Command {
  return new Command('migrate')
    .description('Bring the database schemas and the reference tables up to date.')
    .action(() => withDatabase(config, (url) => prepareDatabase(url, (step) => console.log(step))));
}
