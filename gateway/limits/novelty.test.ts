import { parse } from 'graphql';
import { expect, test } from 'vitest';
import { ANONYMOUS } from '../../kernel/viewer.ts';
import { Novelty } from './novelty.ts';

const someone = { id: 'address:192.0.2.1', viewer: ANONYMOUS };
// 1 000 fields, as a fragment makes them of 50.
const large = parse(
  `{ ${Array.from({ length: 20 }, (_each, index) => `a${index}: it { ...F }`).join(' ')} }
   fragment F on It { ${Array.from({ length: 48 }, (_each, index) => `f${index}`).join(' ')} }`,
);

test('large new documents are refused after some ninety, small ones much later; others have theirs', () => {
  const novelty = new Novelty(() => 0);
  for (let turn = 1; turn <= 95; turn += 1) novelty.charge(someone, large);
  expect(() => novelty.charge(someone, large)).toThrow(
    expect.objectContaining({ code: 'RATE_LIMITED', message: expect.stringContaining('new documents') }),
  );
  novelty.charge(someone, parse('{ it { f0 } }'));
  novelty.charge({ ...someone, id: 'address:192.0.2.2' }, large);
});

test('the budget comes back with time', () => {
  let now = 0;
  const novelty = new Novelty(() => now);
  const spend = () => {
    for (let turn = 1; turn <= 95; turn += 1) novelty.charge(someone, large);
  };
  spend();
  expect(() => novelty.charge(someone, large)).toThrow('Others may come in 1 s.');
  now = 60_000;
  spend();
});
