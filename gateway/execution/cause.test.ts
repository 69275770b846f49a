import { expect, test } from 'vitest';
import { ERROR_CODES } from '../../kernel/errors.ts';
import { causeOf } from './cause.ts';

const DEAD = { code: 'SOURCE_UNAVAILABLE', message: 'The source "voices" is unavailable.', source: 'voices' };
const MASKED = { code: 'INTERNAL', message: 'Internal error.' };

test.each([
  ['no path, no code: the subgraph did not execute', { message: 'at 10.0.0.1' }, DEAD],
  ['no path, a foreign code', { message: 'x', extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }, DEAD],
  ['no path, INTERNAL', { message: 'x', extensions: { code: 'INTERNAL' } }, DEAD],
  ['a path, no code: a resolver threw', { message: 'at 10.0.0.1', path: ['a'] }, MASKED],
  ['a path, a foreign code', { message: 'x', path: ['a'], extensions: { code: 'P0001' } }, MASKED],
  [
    'a path, INTERNAL',
    { message: 'x', path: ['a'], extensions: { code: 'INTERNAL', requestId: 'y' } },
    MASKED,
  ],
  [
    'a subgraph that lacks a source of its own',
    { message: 'x', path: ['a'], extensions: { code: 'SOURCE_UNAVAILABLE' } },
    DEAD,
  ],
  ['garbage', { message: 1, path: 'a', extensions: 'b' }, DEAD],
])('%s', (_name, error, cause) => {
  expect(causeOf(error, 'voices')).toEqual(cause);
});

test.each(ERROR_CODES.filter((code) => code !== 'INTERNAL' && code !== 'SOURCE_UNAVAILABLE'))(
  '%s keeps its message and its scalars, nothing else',
  (code) => {
    const extensions = {
      code,
      limit: 100,
      field: 'first',
      stacktrace: ['x'],
      http: { status: 1 },
      serviceName: 'v',
      row: { a: 1 },
    };
    const error = { message: 'Too many.', path: ['a'], extensions };
    expect(causeOf(error, 'voices')).toEqual({
      code,
      message: 'Too many.',
      details: { limit: 100, field: 'first' },
    });
  },
);
