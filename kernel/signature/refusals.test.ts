import { expect, test } from 'vitest';
import { Refusals } from './refusals.ts';
import type { Refusal } from './verify.ts';

const NOW = 1_795_000_000_000;

test('a flood of refusals is a line for each reason and each pause, with the number of them', () => {
  const lines: unknown[] = [];
  const refusals = new Refusals('indicators', (line) => lines.push(line));
  const reasons: Refusal[] = ['unsigned', 'signature'];
  for (let each = 0; each < 5000; each += 1) for (const reason of reasons) refusals.add(reason, NOW + each);
  expect(lines).toEqual(reasons.map((refusal) => ({ subgraph: 'indicators', refusal, count: 1 })));
  refusals.add('unsigned', NOW + 10_000);
  expect(lines.slice(2)).toEqual([{ subgraph: 'indicators', refusal: 'unsigned', count: 5000 }]);
  refusals.add('unsigned', NOW + 10_001);
  refusals.add('unsigned', NOW + 30_000);
  expect(lines.slice(3)).toEqual([{ subgraph: 'indicators', refusal: 'unsigned', count: 2 }]);
});
