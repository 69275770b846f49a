import { buildSchema, getOperationAST, parse } from 'graphql';
import { expect, test } from 'vitest';
import { Preparation } from './prepare.ts';

const schema = buildSchema('type Query { a: Int b: Int }');

/** A preparation that notes what it plans. */
function counted(most: number) {
  const planned: string[] = [];
  const planner = {
    planAsync: async (query: string) => {
      planned.push(query.replace(/\s+/g, ' '));
      return { kind: 'QueryPlan' as const };
    },
  };
  const preparation = new Preparation(schema, planner, most);
  const operation = (text: string) => {
    const document = parse(text);
    return async (variables: Record<string, unknown> = {}) => {
      const found = getOperationAST(document);
      if (!found) throw new Error('no operation');
      const prepared = preparation.of(document, found, variables);
      await prepared.step;
      return prepared;
    };
  };
  return { planned, operation };
}

test('an operation is planned once under each set of its conditions', async () => {
  const { planned, operation } = counted(10);
  const ask = operation('query ($b: Boolean!) { a b @include(if: $b) }');
  const [yes, no] = [await ask({ b: true }), await ask({ b: false })];
  expect(await ask({ b: true })).toBe(yes);
  expect(await ask({ b: false })).toBe(no);
  expect(planned).toHaveLength(2);
});

test('the one that nobody asked for longest is let go, whichever operation it is of', async () => {
  const { planned, operation } = counted(3);
  const flags = operation('query ($b: Boolean!) { a b @include(if: $b) }');
  const [other, another] = [operation('{ a }'), operation('{ b }')];
  await flags({ b: true });
  await flags({ b: false });
  await other();
  await flags({ b: true });
  await another();
  expect(planned).toHaveLength(4);
  // Kept: it was asked since.
  await flags({ b: true });
  await other();
  expect(planned).toHaveLength(4);
  await flags({ b: false });
  expect(planned).toHaveLength(5);
});
