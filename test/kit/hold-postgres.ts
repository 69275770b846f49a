import { startEmbeddedPostgres } from '../../kernel/postgres/embedded.ts';

/**
 * A process that uses the database of the folder it is given until its standard input ends. It prints the URL
 * and whether it started the server, as one JSON line. Further words: `crash` ends it with an error that nobody
 * catches, `durable` makes the data outlive a killed server.
 */
const [dataDir = '', ...words] = process.argv.slice(2);
const { url, owned, stop } = await startEmbeddedPostgres({ dataDir, durable: words.includes('durable') });
process.stdout.write(`${JSON.stringify({ url, owned })}\n`);
for await (const _chunk of process.stdin);
if (words.includes('crash')) throw new Error('asked to crash');
await stop();
