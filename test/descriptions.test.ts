import { expect, test } from 'vitest';
import { subgraphSchemas } from '../cli/compose.ts';
import { describedTwice, undescribed } from './kit/descriptions.ts';

const subgraphs = await subgraphSchemas();

test('all five subgraphs are looked at', () => {
  expect(subgraphs.map(({ name }) => name)).toEqual([
    'administrations',
    'indicators',
    'testimonies',
    'simplification',
    'improvement',
  ]);
});

test.each(subgraphs)('every element of $name has a description', ({ sdl }) => {
  const { elements, missing } = undescribed(sdl);
  expect(missing).toEqual([]);
  expect(elements).toBeGreaterThan(50);
});

test('elements without a description are seen, wherever they are', () => {
  const sdl = `
    type A { "ok" a("ok" x: Int, y: Int): Int b: Int }
    "ok" type B { "" c: Int }
    "ok" enum C { D }
    "ok" input E { f: Int = 1 }
    scalar G  union H = A  "ok" interface I { j: Int }`;
  const missing = ['A', 'A.a.y', 'A.b', 'B.c', 'C.D', 'E.f', 'G', 'H', 'I.j'];
  expect(undescribed(sdl)).toEqual({ elements: 15, missing });
});

test('a type that several subgraphs declare has one description', () => {
  expect(describedTwice(subgraphs.map(({ sdl }) => sdl))).toEqual([]);
  expect(describedTwice(['"A place." type Site { a: Int }', '"A place!" type Site { b: Int }'])).toEqual([
    'Site',
  ]);
});
