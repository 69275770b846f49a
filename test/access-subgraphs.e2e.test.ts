import { parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { executeInProcess } from '../kernel/graphql/execute.ts';
import { sign } from '../kernel/signature/sign.ts';
import { ANONYMOUS, hasScope, type Viewer } from '../kernel/viewer.ts';
import { guardedIn } from './access/guarded.ts';
import { fillAny } from './access/samples.ts';
import { startedDatabase, startHub, TEST_SECRET } from './kit/hub.ts';
import { viewerLike } from './kit/roles.ts';

const { url: databaseUrl } = await startedDatabase();
const { subgraphs, subgraphUrls } = await startHub(databaseUrl, { mode: 'apart' });

/** What a subgraph answers, as the gateway would read it. */
interface Told {
  data?: unknown;
  errors?: { path?: (string | number)[]; extensions: { code: string } }[];
}

/** The two ways in: what a gateway of this process calls, and HTTP with a signature that is right in all. */
const WAYS = {
  'in process': async (name: string, query: string, viewer: Viewer): Promise<Told> => {
    const subgraph = subgraphs.find((each) => each.name === name);
    if (!subgraph) throw new Error(`No subgraph is called ${name}.`);
    const result = await executeInProcess(subgraph, { document: parse(query), requestKey: {}, viewer });
    return JSON.parse(JSON.stringify(result)) as Told;
  },
  'over HTTP': async (name: string, query: string, viewer: Viewer): Promise<Told> => {
    const body = JSON.stringify({ query });
    const response = await fetch(subgraphUrls[name] ?? '', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...sign({
          secret: TEST_SECRET,
          audience: name,
          viewer,
          requestId: 'access-test',
          deadline: Date.now() + 9000,
          body,
        }),
      },
      body,
    });
    return (await response.json()) as Told;
  },
};

const REFUSED = {
  anybody: { viewer: ANONYMOUS, code: 'UNAUTHENTICATED' },
  'a partner': { viewer: viewerLike('PUBLIC'), code: 'FORBIDDEN' },
  'an analyst': { viewer: viewerLike('ANALYST'), code: 'FORBIDDEN' },
  'a super agent': { viewer: viewerLike('SUPER_AGENT'), code: 'FORBIDDEN' },
  'a moderator': { viewer: viewerLike('MODERATOR'), code: 'FORBIDDEN' },
};

const cases = subgraphs.flatMap((subgraph) =>
  guardedIn(subgraph).map((guarded) => ({ subgraph: subgraph.name, ...guarded })),
);

test('there is something to refuse', () => {
  expect(cases.map(({ name }) => name)).toContain('Query.auditTrail');
});

describe.each(Object.entries(WAYS))('a gateway that asks for anything opens nothing, %s', (_way, askOf) => {
  test.each(cases)('$subgraph: $name', async (guarded) => {
    const query = fillAny(guarded.query);
    for (const { viewer, code } of Object.values(REFUSED)) {
      if (guarded.scopes.every((scope) => hasScope(viewer, scope))) continue;
      const { data, errors = [] } = await askOf(guarded.subgraph, query, viewer);
      // An entity that is answered with null gives nothing either.
      const nobody = guarded.fields[0] === '_entities' && errors.length === 0;
      const codes = new Set(errors.map(({ extensions }) => extensions.code));
      expect([...codes]).toEqual(nobody ? [] : [code]);
      expect(leavesOf(data)).toEqual([]);
    }
  });
});

const leavesOf = (value: unknown): unknown[] => {
  if (value === null || value === undefined) return [];
  return typeof value === 'object' ? Object.values(value).flatMap(leavesOf) : [value];
};

const readable = cases.filter(
  ({ name, query }) => !name.startsWith('Mutation.') && query.startsWith('query'),
);

test.each(readable)('$subgraph: $name answers who has the scope', async ({ subgraph, query }) => {
  const told = await WAYS['in process'](subgraph, fillAny(query), viewerLike('DITP'));
  expect(told.errors ?? []).toEqual([]);
  expect(told.data).toBeTruthy();
});
