import { readFileSync } from 'node:fs';
import { buildSchema, type GraphQLSchema, isInterfaceType, isObjectType } from 'graphql';
import { expect, test } from 'vitest';
import { importsOf, readSources } from '../../../test/kit/sources.ts';
import { schema } from '../schema.ts';

const PERSONAL = /mail|courriel|phone|postal|contact|consent|author|retention/i;

/** Types and fields that give something, whose names speak of how a person can be reached. Inputs give nothing. */
function revealing(graph: GraphQLSchema, types: RegExp): string[] {
  return Object.values(graph.getTypeMap()).flatMap((type) => {
    if (!(isObjectType(type) || isInterfaceType(type)) || !types.test(type.name)) return [];
    return [type.name, ...Object.keys(type.getFields()).map((field) => `${type.name}.${field}`)].filter(
      (name) => PERSONAL.test(name),
    );
  });
}

const composed = buildSchema(readFileSync(new URL('../../../schema/api.graphql', import.meta.url), 'utf8'));

test('nothing in the graph of testimonies gives how an author can be reached', () => {
  expect(revealing(schema, /./)).toEqual([]);
  expect(revealing(composed, /Testimon|^Reply/)).toEqual([]);
  // The same search finds the e-mails of sites, which are public.
  expect(revealing(composed, /^Site$/)).toContain('Site.emails');
});

test('no type and no context of the graph is made with contacts', () => {
  const graph = readSources().filter(
    ({ path }) => /\.type\.ts$|\/(context|schema|builder)\.ts$/.test(path) && !path.includes('.test.'),
  );
  expect(graph.length).toBeGreaterThan(50);
  const reaching = graph.filter((source) =>
    importsOf(source).some(({ target }) => target.startsWith('subgraphs/testimonies/contact/')),
  );
  expect(reaching.map(({ path }) => path)).toEqual([]);
});
