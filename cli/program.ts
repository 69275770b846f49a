import { Command } from 'commander';
import type { Config } from '../kernel/config.ts';
import { composeCommand } from './compose-command.ts';
import { demoCommand } from './demo/demo.ts';
import { documentsCommand } from './documents-command.ts';
import { exportCommand } from './export-command.ts';
import { importCommand } from './import.ts';
import { importsCommand } from './imports.ts';
import { keyCommand } from './key-command.ts';
import { memberCommand } from './member-command.ts';
import { migrateCommand } from './migrate.ts';
import { privacyCommand } from './privacy-command.ts';
import { serveCommand } from './serve-command.ts';
import { surveysCommand } from './surveys-command.ts';

/** Every verb of the command line. */
export function program(config: Config): Command {
  return new Command('hub')
    .description('Services Publics+ Hub: quality results of public services, joined in one graph.')
    .addCommand(startCommand(config))
    .addCommand(serveCommand(config))
    .addCommand(migrateCommand(config))
    .addCommand(importCommand(config))
    .addCommand(importsCommand(config))
    .addCommand(surveysCommand(config))
    .addCommand(exportCommand(config))
    .addCommand(keyCommand(config))
    .addCommand(memberCommand(config))
    .addCommand(privacyCommand(config))
    .addCommand(documentsCommand())
    .addCommand(demoCommand(config))
    .addCommand(composeCommand());
}

/** `hub start`. Loaded when it runs: the other verbs have no use for the gateway. */
const startCommand = (config: Config) =>
  new Command('start')
    .description('Start everything in one process; the first start loads the bundled data.')
    .action(async () => (await import('./start.ts')).start(config));
