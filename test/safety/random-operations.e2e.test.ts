import fc from 'fast-check';
import { expect, test } from 'vitest';
import { INTERNAL, PUBLIC } from '../access/contracts.ts';
import { HUB_MODES } from '../kit/hub.ts';
import { CALLERS, type Caller } from '../kit/roles.ts';
import { as, type Got, request } from './kit/http.ts';
import { openSafetyWorld } from './kit/world.ts';
import { drawing, isSearch, plan } from './random/draw.ts';
import { randomOperation } from './random/operation.ts';
import { faultOf } from './random/oracle.ts';
import { poolsOf } from './random/pools.ts';

const { hubs, keys } = await openSafetyWorld();
const { pools, secretsFrom } = await poolsOf(hubs['in process'].url, keys);

const mayWrite = (caller: Caller) => caller === 'NETWORK_HQ' || caller === 'DITP';
const isPublic = (caller: Caller) => caller === 'anonymous' || caller === 'PUBLIC';

/** How often each status and code came: random operations that are all refused would prove nothing. */
const seen = new Map<string, number>();
function note({ status, text }: Got): void {
  const codes = [...new Set([...text.matchAll(/"code":"([A-Z_]+)"/g)].map(([, code]) => code))].sort();
  const kind = [status, text.startsWith('{"data":{') ? 'data' : '-', ...codes].join(' ');
  seen.set(kind, (seen.get(kind) ?? 0) + 1);
}

/** The answer without what differs from request to request, its errors in any order. */
function comparable({ status, text }: Got): unknown {
  const { data, errors = [] } = JSON.parse(text.replaceAll(/"requestId":"[^"]*"/g, '"requestId":""'));
  return { status, data, errors: errors.map((error: unknown) => JSON.stringify(error)).sort() };
}

test('operations of the grammar are answered or refused as such, the same in both modes', async () => {
  const random = fc.gen().map((gen) => {
    const draw = drawing(gen);
    const caller = draw.chance(20) ? draw.pick(['NETWORK_HQ', 'DITP'] as const) : draw.pick(CALLERS);
    // Now and then what the caller should not even know of.
    const schema = isPublic(caller) && !draw.chance(15) ? PUBLIC : INTERNAL;
    return { caller, operation: randomOperation(schema, draw, pools, mayWrite(caller) ? 40 : 10) };
  });
  await fc.assert(
    fc.asyncProperty(random, async ({ caller, operation }) => {
      const isQuery = operation.query.startsWith('query');
      const sent = as(keys[caller], { body: JSON.stringify(operation) });
      // A mutation is done once; a query may be asked twice.
      const modes = isQuery ? HUB_MODES : [operation.query.length % 2 ? HUB_MODES[0] : HUB_MODES[1]];
      const got = await Promise.all(modes.map((mode) => request(hubs[mode].url, sent)));
      for (const one of got) {
        note(one);
        const fault = faultOf(one, secretsFrom(caller));
        if (fault !== null) throw new Error(`${fault}\n${one.status} ${one.text.slice(0, 2000)}`);
      }
      const [together, apart] = got.map(comparable);
      if (apart !== undefined) expect(apart).toEqual(together);
    }),
    plan(150),
  );
  if (isSearch) console.log([...seen].sort(([, a], [, b]) => b - a));
  expect(seen.get('200 data') ?? 0).toBeGreaterThan(0.2 * plan(150).numRuns);
});
