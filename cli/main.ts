#!/usr/bin/env node
import './production.ts';
import { readConfig } from '../kernel/config.ts';
import { log } from '../kernel/log.ts';
import { sentence } from './failure.ts';
import { program } from './program.ts';

/** Entry of every command: `npm start`, `npm run serve -- …`, `npm run hub -- …`. */
try {
  const hub = await program(readConfig(process.env), process.argv[2]);
  await hub.parseAsync();
} catch (error) {
  // What happened goes to the user in one sentence; the stack is for those who ask for it.
  log.debug({ err: error }, 'the command failed');
  console.error(`hub: ${sentence(error)}`);
  process.exitCode = 1;
}
