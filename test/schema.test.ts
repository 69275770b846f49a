import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { composeSchemaContract, compositionHasErrors } from '@theguild/federation-composition';
import {
  buildASTSchema,
  buildSchema,
  GraphQLSchema,
  lexicographicSortSchema,
  parse,
  printSchema,
  specifiedDirectives,
} from 'graphql';
import { expect, test } from 'vitest';
import { BREAKING_FILE, breakingChanges } from '../cli/breaking.ts';
import { CONTRACT_FOLDER, composeSupergraph, contractFiles, subgraphSchemas } from '../cli/compose.ts';
import { defaultSubgraphUrl } from '../cli/ports.ts';

const subgraphs = await subgraphSchemas();
const contract = composeSupergraph(subgraphs);
const published = (path: string) => readFile(join(CONTRACT_FOLDER, path), 'utf8').catch(() => 'absent');

test.each([...contractFiles(contract)])(
  'schema/%s is what the code composes (else: npm run schema)',
  async (path, text) => {
    // Not toEqual: a difference of thousands of lines says less than the first one.
    const lines = (await published(path)).split('\n');
    const wrong = text.split('\n').findIndex((line, index) => line !== lines[index]);
    expect(wrong === -1 ? null : `line ${wrong + 1}: ${lines[wrong]}`).toBeNull();
    expect(lines.length).toBe(text.split('\n').length);
  },
);

test.each(['api', 'internal'] as const)(
  'the contract %s does not break its consumers, unless it is written down',
  async (kind) => {
    const accepted = await readFile(BREAKING_FILE, 'utf8');
    expect(await breakingChanges(await published(`${kind}.graphql`), contract[kind], accepted)).toEqual([]);
  },
);

test('the public contract is the internal one without what is tagged, as the library of composition cuts it', () => {
  const cut = composeSchemaContract(
    subgraphs.map(({ name, sdl }) => ({ name, typeDefs: parse(sdl), url: defaultSubgraphUrl(name) })),
    { include: new Set(), exclude: new Set(['internal']) },
    true,
  );
  if (compositionHasErrors(cut)) throw new Error(cut.errors.map(({ message }) => message).join('\n'));
  const whole = lexicographicSortSchema(buildASTSchema(parse(cut.publicSdl), { assumeValidSDL: true }));
  // The library leaves the definition of what subgraphs declare for the gateway.
  const library = new GraphQLSchema({ ...whole.toConfig(), directives: [...specifiedDirectives] });
  expect(contract.api).toBe(`${printSchema(library)}\n`);
  expect(contract.internal.length).toBeGreaterThan(contract.api.length);
});

test('a planted change is refused until it is written down; what only adds passes', async () => {
  // Of the type, and not of an input that has a field of that name.
  const without = contract.api.replace(
    /(\ntype Testimony [^}]*?)\n {2}"""[^"]*"""\n {2}feeling: Feeling!/,
    '$1',
  );
  expect(without).not.toBe(contract.api);
  const change = "Field 'feeling' was removed from object type 'Testimony'";
  expect(await breakingChanges(contract.api, without, '')).toEqual([change]);
  expect(await breakingChanges(contract.api, without, `- ${change} — why`)).toEqual([]);
  expect(await breakingChanges(without, contract.api, '')).toEqual([]);
});

test('the public schema shows neither federation nor what is inaccessible', () => {
  const schema = buildSchema(contract.api);
  expect(schema.getQueryType()?.getFields()).toHaveProperty('node');
  expect(contract.api).not.toMatch(/join__|link__|_Service|_entities|@key|@inaccessible|^ {2}ref: ID!$/m);
});

test('the supergraph names each subgraph and its address, which can be another', () => {
  for (const { name } of subgraphs)
    expect(contract.supergraph).toContain(`url: "${defaultSubgraphUrl(name)}"`);
  const elsewhere = composeSupergraph(subgraphs, (name) => `https://${name}.example/graphql`);
  expect(elsewhere.supergraph).toContain('url: "https://indicators.example/graphql"');
  expect(elsewhere.api).toBe(contract.api);
});

test('subgraphs that do not fit together are refused with every reason', () => {
  const planted = { name: 'planted', sdl: 'type Query { testimonies: Int }' };
  expect(() => composeSupergraph([...subgraphs, planted])).toThrow(/do not compose[\s\S]*testimonies/);
});
