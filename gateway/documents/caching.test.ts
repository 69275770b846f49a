import { describe, expect, test } from 'vitest';
import { entityTag, namesTag, sharedFor } from './caching.ts';
import { encodingFor, mediaTypeFor } from './negotiate.ts';

describe('Cache-Control', () => {
  test.each([
    [0, 'public, no-cache'],
    [-1, 'public, no-cache'],
    [60, 'public, max-age=60, stale-while-revalidate=60, stale-if-error=86400'],
  ])('%i seconds', (seconds, expected) => {
    expect(sharedFor(seconds)).toBe(expected);
  });
});

describe('entity tags', () => {
  const tag = entityTag('application/json', '{"a":1}', 'identity');

  test('are of the bytes, the media type and the encoding', () => {
    expect(entityTag('application/json', '{"a":1}', 'identity')).toBe(tag);
    const others = [
      entityTag('application/json', '{"a":2}', 'identity'),
      entityTag('application/graphql-response+json', '{"a":1}', 'identity'),
      entityTag('application/json', '{"a":1}', 'gzip'),
      entityTag('application/json', '{"a":1}', 'br'),
    ];
    expect(new Set([tag, ...others]).size).toBe(5);
    for (const each of [tag, ...others]) expect(each).toMatch(/^"[\w-]+"$/);
  });

  test.each([
    [undefined, false],
    ['', false],
    [tag, true],
    [`W/${tag}`, true],
    ['*', true],
    [' * ', true],
    [`"x", ${tag}`, true],
    [`"x",W/${tag} , "y"`, true],
    [`"a,b",${tag}`, true],
    ['"x", W/"y"', false],
    [tag.slice(1, -1), false],
    [tag.replace(/"$/, '-gzip"'), false],
    ['"', false],
    [`${'"a",'.repeat(10_000)}`, false],
  ])('If-None-Match %j', (header, expected) => {
    expect(namesTag(header, tag)).toBe(expected);
  });
});

describe('negotiation', () => {
  test.each([
    [undefined, 'identity'],
    ['', 'identity'],
    ['identity', 'identity'],
    ['gzip', 'gzip'],
    ['x-gzip', 'gzip'],
    ['GZIP', 'gzip'],
    ['gzip, deflate, br', 'br'],
    ['gzip, deflate, br, zstd', 'br'],
    ['br;q=0.5, gzip', 'gzip'],
    ['br;q=0, gzip;q=0', 'identity'],
    ['*', 'br'],
    ['br;q=0, *', 'gzip'],
    ['gzip;q=0.5, identity', 'identity'],
    ['deflate, zstd', 'identity'],
    ['gzip;q=much', 'identity'],
    [';;,,q=1', 'identity'],
  ])('Accept-Encoding %j', (header, expected) => {
    expect(encodingFor(header)).toBe(expected);
  });

  test.each([
    [undefined, 'application/json'],
    ['*/*', 'application/json'],
    ['application/json', 'application/json'],
    ['text/html, */*;q=0.8', 'application/json'],
    ['application/graphql-response+json', 'application/graphql-response+json'],
    ['application/graphql-response+json, application/json;q=0.9', 'application/graphql-response+json'],
    ['application/graphql-response+json;charset=utf-8', 'application/graphql-response+json'],
    ['application/json, application/graphql-response+json;q=0.5', 'application/json'],
    ['application/graphql-response+json;q=0', 'application/json'],
    ['text/html', 'application/json'],
  ])('Accept %j', (header, expected) => {
    expect(mediaTypeFor(header)).toBe(expected);
  });
});
