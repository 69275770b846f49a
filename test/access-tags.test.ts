import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { SCOPES } from '../kernel/viewer.ts';
import { declaredIn, reachedByAnybody } from './access/guards.ts';

const folder = new URL('../schema/subgraphs/', import.meta.url);
const subgraphs = readdirSync(folder).map((file) => ({
  file,
  types: declaredIn(parse(readFileSync(new URL(file, folder), 'utf8'))),
}));

describe.each(subgraphs)('$file', ({ types }) => {
  const fields = types.flatMap((type) => type.fields);

  test('what is internal asks for scopes, and what asks for scopes is internal', () => {
    const apart = [...fields.map((field) => ({ ...field, name: `${field.type}.${field.field}` })), ...types]
      // A type may be internal without scopes of its own: the fields that lead to it have them, see below.
      .filter(({ tagged, scopes, ...element }) =>
        'key' in element ? scopes.length > 0 && !tagged : tagged !== scopes.length > 0,
      );
    expect(apart.map(({ name }) => name)).toEqual([]);
  });

  test('nobody comes to an internal type but through a field that asks for scopes', () => {
    const reached = reachedByAnybody(types);
    const open = types.filter(
      ({ name, tagged, scopes }) => tagged && scopes.length === 0 && reached.has(name),
    );
    expect(open.map(({ name }) => name)).toEqual([]);
  });

  test('scopes are those that roles have', () => {
    const asked = [...types, ...fields].flatMap(({ scopes }) => scopes);
    expect(asked.filter((scope) => !SCOPES.some((known) => known === scope))).toEqual([]);
  });
});

test('there is something to guard', () => {
  const guarded = subgraphs.filter(({ types }) =>
    types.some(({ fields }) => fields.some(({ tagged }) => tagged)),
  );
  expect(guarded.map(({ file }) => file)).toContain('administrations.graphql');
});
