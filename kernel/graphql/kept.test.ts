import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { Kept, type KeptRows, seenIn } from './kept.ts';

interface Row {
  key: string;
  version: number;
}

/** A table whose rows change all at once, and what was read of it. */
function table() {
  const reads: string[][] = [];
  const state = { version: 1 };
  const load = async (keys: readonly string[]): Promise<Row[]> => {
    reads.push([...keys]);
    const { version } = state;
    return keys.filter((key) => key !== 'none').map((key) => ({ key, version }));
  };
  const through = (rows: KeptRows) => rows.through('kind', load, ({ key }) => key);
  return { reads, state, through };
}

test('a key is read once until something is published, a missing one too', async () => {
  const kept = new Kept();
  const { reads, through } = table();
  const rows = kept.at({ gateway: 'a', since: 1 });
  expect(await through(rows)(['x', 'none'])).toEqual([{ key: 'x', version: 1 }]);
  expect(await through(kept.at({ gateway: 'a', since: 1 }))(['none', 'y', 'x'])).toEqual([
    { key: 'y', version: 1 },
    { key: 'x', version: 1 },
  ]);
  expect(reads).toEqual([['x', 'none'], ['y']]);
  await through(kept.at({ gateway: 'a', since: 2 }))(['x']);
  await through(kept.at({ gateway: 'b', since: 1 }))(['x']);
  await through(kept.at(undefined))(['x']);
  expect(reads.slice(2)).toEqual([['x'], ['x'], ['x']]);
});

test('kinds do not share their keys', async () => {
  const rows = new Kept().at({ gateway: 'a', since: 1 });
  const of = (kind: string) =>
    rows.through(
      kind,
      async (keys) => keys.map((key) => ({ key, kind })),
      ({ key }) => key,
    );
  expect(await of('one')(['x'])).toEqual([{ key: 'x', kind: 'one' }]);
  expect(await of('other')(['x'])).toEqual([{ key: 'x', kind: 'other' }]);
});

test('what fails is not kept, nor what a client could make long', async () => {
  const kept = new Kept();
  let fails = true;
  const read = kept.at({ gateway: 'a', since: 1 }).through(
    'kind',
    async (keys) => {
      if (fails) throw new Error('away');
      return keys.map((key) => ({ key }));
    },
    ({ key }) => key,
  );
  await expect(read(['x'])).rejects.toThrow('away');
  fails = false;
  expect(await read(['x'])).toEqual([{ key: 'x' }]);
  const { reads, through } = table();
  const long = 'x'.repeat(1000);
  for (let turn = 0; turn < 2; turn += 1)
    expect(await through(kept.at({ gateway: 'b', since: 1 }))([long])).toHaveLength(1);
  expect(reads).toEqual([[long], [long]]);
});

test('a gateway that did not call for a minute is forgotten once another calls', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  try {
    const kept = new Kept();
    const { reads, through } = table();
    const ask = (gateway: string) => through(kept.at({ gateway, since: 1 }))(['x']);
    await ask('a');
    vi.advanceTimersByTime(59_000);
    await ask('b');
    await ask('a');
    expect(reads).toHaveLength(2);
    vi.advanceTimersByTime(60_000);
    await ask('b');
    await ask('a');
    // It was b that called, and had rows of its own still.
    expect(reads).toHaveLength(3);
  } finally {
    vi.useRealTimers();
  }
});

test('the rows kept first make room, and the gateway that called longest ago', async () => {
  const kept = new Kept();
  const { reads, through } = table();
  const read = through(kept.at({ gateway: 'a', since: 1 }));
  const many = Array.from({ length: 50_000 }, (_, index) => String(index));
  await read(many);
  await read(['one more', '49999']);
  await read(['0', '49999']);
  expect(reads.slice(1)).toEqual([['one more'], ['0']]);
  for (let gateway = 0; gateway < 8; gateway += 1)
    await through(kept.at({ gateway: `${gateway}`, since: 1 }))(['x']);
  await through(kept.at({ gateway: 'a', since: 1 }))(['49999']);
  expect(reads.at(-1)).toEqual(['49999']);
});

/** Requests begin and end in any order while versions are published; each tells how far its gateway had seen. */
const histories = fc.array(
  fc.oneof(
    { weight: 1, arbitrary: fc.constant('publish' as const) },
    {
      weight: 3,
      arbitrary: fc.record({
        gateway: fc.constantFrom('a', 'b'),
        keys: fc.subarray(['x', 'y', 'z'], { minLength: 1 }),
      }),
    },
    { weight: 3, arbitrary: fc.record({ end: fc.nat(5) }) },
  ),
  { maxLength: 60 },
);

test('whatever overlaps, nobody is told less than had been published when it began', async () => {
  await fc.assert(
    fc.asyncProperty(histories, async (steps) => {
      const kept = new Kept();
      let version = 1;
      const open: { began: number; finish: () => void; answer: Promise<readonly Row[]> }[] = [];
      const end = async (index: number) => {
        const [request] = open.splice(index % open.length, 1);
        if (!request) return;
        request.finish();
        for (const row of await request.answer) expect(row.version).toBeGreaterThanOrEqual(request.began);
      };
      for (const step of steps) {
        if (step === 'publish') version += 1;
        else if ('keys' in step) {
          const { promise, resolve } = Promise.withResolvers<void>();
          // Rows are read as the request begins, and come when it ends.
          const load = async (keys: readonly string[]) => {
            const read = keys.map((key) => ({ key, version }));
            await promise;
            return read;
          };
          const rows = kept.at({ gateway: step.gateway, since: version });
          const answer = rows.through('kind', load, ({ key }) => key)(step.keys);
          open.push({ began: version, finish: resolve, answer });
        } else if (open.length > 0) await end(step.end);
      }
      while (open.length > 0) await end(0);
    }),
    { numRuns: 500 },
  );
});

test.each([
  [undefined, undefined],
  ['text', undefined],
  [{ query: '{ a }' }, undefined],
  [{ extensions: { seen: null } }, undefined],
  [{ extensions: { seen: { gateway: 1, since: 1 } } }, undefined],
  [{ extensions: { seen: { gateway: 'a', since: '1' } } }, undefined],
  [{ extensions: { seen: { gateway: 'a'.repeat(65), since: 1 } } }, undefined],
  [{ extensions: { seen: { gateway: 'a', since: 7, more: 1 } } }, { gateway: 'a', since: 7 }],
])('what a call says of having seen: %j', (body, expected) => {
  expect(seenIn(body)).toEqual(expected);
});
