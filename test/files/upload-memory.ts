import { globSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { Readable } from 'node:stream';
import { json } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { inProcess } from '../../cli/in-process.ts';
import { openIdentity } from '../../gateway/identity/identity.ts';
import { startGateway } from '../../gateway/server.ts';
import { readConfig } from '../../kernel/config.ts';
import { listenSubgraph } from '../../kernel/graphql/server.ts';
import { openSimplification } from '../../subgraphs/simplification/server.ts';
import { TEST_SECRET } from '../kit/hub.ts';

/**
 * A process that takes one large file through a gateway and a subgraph, and says how much more it held meanwhile.
 * Arguments: `together` or `apart`, the size in bytes, a key. Settings are those of the environment.
 */
const [mode = '', size = '0', key = ''] = process.argv.slice(2);
const config = readConfig(process.env);
const databaseUrl = config.databaseUrl ?? '';
const subgraph = await openSimplification(config, databaseUrl);
const behind = { host: '127.0.0.1', port: 0, secrets: [TEST_SECRET] };
const apart = mode === 'apart' ? await listenSubgraph(subgraph, behind) : null;
const url = `${apart?.url ?? 'http://simplification.invalid'}/graphql`;
const { supergraphSdl = '' } = composeServices([
  { name: 'simplification', typeDefs: parse(subgraph.sdl), url },
]);
const identity = await openIdentity({ databaseUrl, oidc: null });
const gateway = await startGateway({
  supergraph: supergraphSdl,
  host: '127.0.0.1',
  port: 0,
  identity,
  fileLimit: config.files.limit,
  secret: TEST_SECRET,
  ...(apart === null && { inProcess: inProcess([subgraph]) }),
});

/** What is held at this moment, in bytes: garbage apart, which `--expose-gc` lets us take away first. */
function held(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const CHUNK = Buffer.alloc(64 * 1024, 'Un courrier de la caisse. ');
let peak = 0;

/** A text of so many bytes, which is never there whole; looks at what is held ten times on the way. */
function* text(bytes: number) {
  let look = bytes;
  for (let left = bytes; left > 0; left -= CHUNK.length) {
    if (left <= look) {
      peak = Math.max(peak, held());
      look -= bytes / 10;
    }
    yield CHUNK.subarray(0, Math.min(left, CHUNK.length));
  }
}

async function upload(bytes: number): Promise<unknown> {
  const sent = request(`${gateway.url}/files`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${key}` },
  });
  const answer = new Promise<IncomingMessage>((resolve, reject) => {
    sent.once('response', resolve).once('error', reject);
  });
  await pipeline(Readable.from(text(bytes)), sent);
  return json(await answer);
}

// What is loaded on first use is loaded before.
await upload(1_000_000);
const before = held();
peak = 0;
const answer = await upload(Number(size));
const grown = peak - before;
const left = globSync(`${config.files.folder}/incoming/*`).length;
await gateway.close();
await identity.close();
await (apart ?? subgraph).close();
process.stdout.write(`${JSON.stringify({ answer, grown, left })}\n`);
