import { Command } from 'commander';
import type { Config } from '../kernel/config.ts';
import { futureInstant, quotaNumber, usage, withGrant } from './grant-options.ts';
import type { KeyFlags } from './identity/keys.ts';

/** `key create`, `key list`, `key revoke <id>`. Exit code: 0 done; 1 refused; 2 wrong usage. */
export function keyCommand(config: Config): Command {
  const verbs = () => import('./identity/keys.ts');
  const key = new Command('key').description('Keys with which programs call the graph').exitOverride(usage);
  withGrant(key.command('create').description('make a key; only the key is printed on standard output'))
    .option('--expires <day>', 'refused from this day on: 2027-01-01', futureInstant)
    .option('--quota <n>', 'requests a day (UTC)', quotaNumber)
    .action(async (flags: KeyFlags) => (await verbs()).createKey(config, flags));
  key
    .command('list')
    .description('every key, the newest first, without its secret')
    .option('--json', 'print them as JSON')
    .exitOverride(usage)
    .action(async (flags: { json?: true }) => (await verbs()).listKeys(config, flags));
  key
    .command('revoke')
    .description('end a key at once and for ever')
    .argument('<id>', 'id of the key, as the list tells it')
    .exitOverride(usage)
    .action(async (id: string) => (await verbs()).revokeKey(config, id));
  return key;
}
