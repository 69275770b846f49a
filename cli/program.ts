import { Command } from 'commander';
import type { Config } from '../kernel/config.ts';

/** How each verb is loaded. */
const VERBS: Readonly<Record<string, (config: Config) => Promise<Command>>> = {
  start: async (config) => startCommand(config),
  serve: async (config) => (await import('./serve-command.ts')).serveCommand(config),
  migrate: async (config) => (await import('./migrate.ts')).migrateCommand(config),
  import: async (config) => (await import('./import.ts')).importCommand(config),
  imports: async (config) => (await import('./imports.ts')).importsCommand(config),
  surveys: async (config) => (await import('./surveys-command.ts')).surveysCommand(config),
  export: async (config) => (await import('./export-command.ts')).exportCommand(config),
  key: async (config) => (await import('./key-command.ts')).keyCommand(config),
  member: async (config) => (await import('./member-command.ts')).memberCommand(config),
  privacy: async (config) => (await import('./privacy-command.ts')).privacyCommand(config),
  documents: async () => (await import('./documents-command.ts')).documentsCommand(),
  demo: async (config) => (await import('./demo/demo.ts')).demoCommand(config),
  compose: async () => (await import('./compose-command.ts')).composeCommand(),
};

/**
 * The command line.
 * @param verb the only one that is loaded, since what the others need costs time and memory; all when there is none of
 *   that name
 */
export async function program(config: Config, verb?: string): Promise<Command> {
  const hub = new Command('hub').description(
    'Services Publics+ Hub: quality results of public services, joined in one graph.',
  );
  const load = verb === undefined || !Object.hasOwn(VERBS, verb) ? undefined : VERBS[verb];
  const loads = load === undefined ? Object.values(VERBS) : [load];
  for (const command of await Promise.all(loads.map((each) => each(config)))) hub.addCommand(command);
  return hub;
}

/** Loaded when it runs: the other verbs have no use for the gateway. */
const startCommand = (config: Config) =>
  new Command('start')
    .description('Start everything in one process; the first start loads the bundled data.')
    .action(async () => (await import('./start.ts')).start(config));
