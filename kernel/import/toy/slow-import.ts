/** A process that imports slowly, to be killed in the middle: `slow-import.ts <database url> <file>`. */
import { runImport } from '../run.ts';
import { toyResults } from './results.ts';

const [databaseUrl = '', file = ''] = process.argv.slice(2);
await runImport(toyResults, file, { databaseUrl, options: { delay: '60' } });
