import { describe, expect, test } from 'vitest';
import { Refused } from './refused.ts';
import { diagramOf, possibleSteps, stateAfter, workflow } from './workflow.ts';

const door = workflow({
  name: 'door',
  initial: 'SHUT',
  states: { SHUT: 'Nobody passes.', OPEN: 'Anybody passes.', WALLED: 'Gone.' },
  steps: {
    open: { from: ['SHUT'], to: 'OPEN', by: 'anybody', means: 'Opens.' },
    close: { from: ['OPEN'], to: 'SHUT', by: 'anybody', means: 'Closes.' },
    wallUp: { from: ['SHUT', 'OPEN'], to: 'WALLED', by: 'a mason', means: 'Ends.' },
  },
});

describe('a workflow', () => {
  test('says what is possible, and what comes of it', () => {
    expect(possibleSteps(door, 'SHUT')).toEqual(['open', 'wallUp']);
    expect(possibleSteps(door, 'WALLED')).toEqual([]);
    expect(stateAfter(door, 'open', 'SHUT')).toBe('OPEN');
    expect(stateAfter(door, 'wallUp', 'OPEN')).toBe('WALLED');
  });

  test.each([
    ['close', 'SHUT', '"close" asks for OPEN, and this door is SHUT; what is possible: open, wallUp.'],
    ['open', 'WALLED', '"open" asks for SHUT, and this door is WALLED; nothing more is possible.'],
  ] as const)('refuses %s from %s, and says what is possible', (verb, state, message) => {
    const refused = (() => {
      try {
        return stateAfter(door, verb, state);
      } catch (error) {
        return error;
      }
    })();
    expect(refused).toBeInstanceOf(Refused);
    expect(refused).toMatchObject({
      userErrors: [{ code: 'IMPOSSIBLE_TRANSITION', message, path: ['input'] }],
    });
  });

  test('is drawn with its beginning, every arrow and its ends', () => {
    expect(diagramOf(door).split('\n')).toEqual([
      'stateDiagram-v2',
      '  [*] --> SHUT',
      '  SHUT --> OPEN: open',
      '  OPEN --> SHUT: close',
      '  SHUT --> WALLED: wallUp',
      '  OPEN --> WALLED: wallUp',
      '  WALLED --> [*]',
    ]);
  });
});
