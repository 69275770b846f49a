/** Imports a file without merging it and prints its own peak memory in MiB: `import-and-measure.ts <database url> <file>`. */
import { defineFeed } from '../feed.ts';
import { runImport } from '../run.ts';
import { toySheet } from './results.ts';

const [databaseUrl = '', file = ''] = process.argv.slice(2);
const feed = defineFeed({
  name: 'toy-reading',
  subgraph: 'toy',
  description: 'Reads results',
  input: toySheet,
  duplicateKey: ['id'],
  scope: () => 'all',
  merge: async () => ({ inserted: 0, updated: 0, unchanged: 0, closed: 0 }),
});
const { counts } = await runImport(feed, file, { databaseUrl });
console.log(JSON.stringify({ ...counts, peakMiB: process.resourceUsage().maxRSS / 1024 }));
