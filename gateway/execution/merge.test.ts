import { describe, expect, test } from 'vitest';
import { Failure, INTERNAL, UNKNOWN, unavailable } from './failure.ts';
import { copy, mark, merge, place } from './merge.ts';

const failure = new Failure(unavailable('voices'));

describe('merge', () => {
  test.each([
    ['adds what is new', { a: 1 }, { b: 2 }, { a: 1, b: 2 }],
    ['goes into objects', { a: { b: 1 } }, { a: { c: 2 } }, { a: { b: 1, c: 2 } }],
    [
      'goes into lists, item by item',
      { a: [{ b: 1 }, null] },
      { a: [{ c: 2 }, { c: 3 }] },
      { a: [{ b: 1, c: 2 }, { c: 3 }] },
    ],
    ['a value replaces a null', { a: null }, { a: 1 }, { a: 1 }],
    ['a null never replaces a value', { a: 1 }, { a: null }, { a: 1 }],
    ['a mark never replaces a value', { a: 1, b: null }, { a: failure, b: UNKNOWN }, { a: 1, b: null }],
    ['a value replaces a mark', { a: failure, b: UNKNOWN }, { a: 1, b: null }, { a: 1, b: null }],
    [
      'the later name of a type counts',
      { __typename: 'Node' },
      { __typename: 'Site' },
      { __typename: 'Site' },
    ],
  ])('%s', (_name, target, addition, result) => {
    merge(target, addition);
    expect(target).toEqual(result);
  });

  test('keys that every object inherits are keys like any other; the prototype is out of reach', () => {
    const target: Record<string, unknown> = {};
    merge(target, JSON.parse('{"__proto__":{"polluted":1},"toString":null,"constructor":{"a":1}}'));
    expect(Object.entries(target)).toEqual([
      ['toString', null],
      ['constructor', { a: 1 }],
    ]);
    expect('polluted' in {}).toBe(false);
    expect(Object.getPrototypeOf(target)).toBe(Object.prototype);
  });

  test('a copy shares nothing but marks', () => {
    const original = { a: [{ b: 1 }], failure };
    const made = copy(original);
    expect(made).toEqual(original);
    expect(made).not.toBe(original);
    expect((made as typeof original).a[0]).not.toBe(original.a[0]);
    expect((made as typeof original).failure).toBe(failure);
  });

  test('marks go where nothing is', () => {
    const target = { a: null, b: undefined };
    mark(target, ['a', 'b', 'c'], UNKNOWN);
    expect(target).toEqual({ a: null, b: UNKNOWN, c: UNKNOWN });
  });
});

describe('place', () => {
  test('puts the failure where a null is, with the rest of the path', () => {
    const data = { sites: [{ name: 'a' }, null] };
    expect(place(data, ['sites', 1, 'name'], INTERNAL)).toBe(true);
    expect(data.sites[1]).toEqual(new Failure(INTERNAL, ['name']));
  });

  test('leaves a value alone, and says so', () => {
    const data = { sites: [{ name: 'a' }] };
    expect(place(data, ['sites', 0, 'name'], INTERNAL)).toBe(false);
    expect(place(data, ['sites', 0, 'name', 'x'], INTERNAL)).toBe(false);
    expect(data).toEqual({ sites: [{ name: 'a' }] });
  });

  test('the first error of a null counts', () => {
    const data = { site: null };
    place(data, ['site', 'name'], INTERNAL);
    expect(place(data, ['site', 'score'], unavailable('figures'))).toBe(true);
    expect(data.site).toEqual(new Failure(INTERNAL, ['name']));
  });
});
