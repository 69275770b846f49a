import { isEnumType, isInputObjectType, isInterfaceType, isIntrospectionType, isObjectType } from 'graphql';
import { expect, test } from 'vitest';
import { schema, sdl } from './schema.ts';

/** Federation's own machinery, which no consumer sees. */
const MACHINERY = ['_Any', '_Entity', '_Service'];

test('every type, field, argument and value says what it is', () => {
  const silent: string[] = [];
  const check = (name: string, { description }: { description?: string | null | undefined }) => {
    if (!description) silent.push(name);
  };
  const types = Object.values(schema.getTypeMap()).filter(
    (type) => !isIntrospectionType(type) && !MACHINERY.includes(type.name),
  );
  for (const type of types) {
    check(type.name, type);
    if (isEnumType(type)) for (const value of type.getValues()) check(`${type.name}.${value.name}`, value);
    if (isInputObjectType(type)) {
      for (const field of Object.values(type.getFields())) check(`${type.name}.${field.name}`, field);
    }
    if (isObjectType(type) || isInterfaceType(type)) {
      for (const field of Object.values(type.getFields()).filter(({ name }) => !name.startsWith('_'))) {
        check(`${type.name}.${field.name}`, field);
        for (const argument of field.args) check(`${type.name}.${field.name}(${argument.name})`, argument);
      }
    }
  }
  expect(types.length).toBeGreaterThan(60);
  expect(silent.filter((name) => !['Boolean', 'Float', 'ID', 'Int', 'String'].includes(name))).toEqual([]);
});

test.each(['Territory', 'Network', 'Structure', 'Site', 'Procedure', 'Commitment'])(
  '%s is an entity by id',
  (type) => {
    expect(sdl).toMatch(new RegExp(`type ${type} implements Node @key\\(fields: "id"\\)`));
  },
);
