import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Turns } from './turns.ts';

/** Work that goes on until it is told to end, and notes that it began. */
function work(turns: Turns, begun: string[]) {
  return (caller: string, name: string) => {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const done = turns.run(caller, () => {
      begun.push(name);
      return promise;
    });
    return { done, end: () => resolve(name), fail: () => reject(new Error(name)) };
  };
}

test('a caller has two at once, in its order; others have theirs meanwhile', async () => {
  const begun: string[] = [];
  const start = work(new Turns(), begun);
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => start('one', name));
  start('two', 'x');
  await setImmediate();
  expect(begun).toEqual(['a', 'b', 'x']);
  b?.end();
  expect(await b?.done).toBe('b');
  await setImmediate();
  expect(begun).toEqual(['a', 'b', 'x', 'c']);
  // One that fails gives its place too.
  a?.fail();
  await expect(a?.done).rejects.toThrow('a');
  await setImmediate();
  expect(begun).toEqual(['a', 'b', 'x', 'c', 'd']);
  c?.end();
  d?.end();
  await Promise.all([c?.done, d?.done]);
});

test('beyond fifty that wait, the next is refused and does nothing', async () => {
  const begun: string[] = [];
  const start = work(new Turns(), begun);
  const all = Array.from({ length: 52 }, (_each, index) => start('one', String(index)));
  await expect(start('one', 'more').done).rejects.toMatchObject({
    code: 'RATE_LIMITED',
    extensions: { http: { status: 429 } },
  });
  for (const { end } of all) end();
  await Promise.all(all.map(({ done }) => done));
  expect(begun).toHaveLength(52);
  const later = start('one', 'later');
  later.end();
  expect(await later.done).toBe('later');
});
