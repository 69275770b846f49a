import { expect, test } from 'vitest';
import { readConfig } from '../kernel/config.ts';
import { INTERNAL, PUBLIC } from './access/contracts.ts';
import { coordinatesOf } from './access/coordinates.ts';
import type { Desk } from './access/desk.ts';
import { lineText, readMatrix } from './access/matrix.ts';
import { type Observed, observe } from './access/observe.ts';
import { placeRows } from './access/placed.ts';
import { routesOf } from './access/routes.ts';
import { addRareRows } from './access/rows.ts';
import { openWorld } from './access/world.ts';
import { HUB_MODES, type HubMode, startedDatabase, startHub } from './kit/hub.ts';
import { CALLERS, type Caller, rolesOf } from './kit/roles.ts';

const coordinates = coordinatesOf(INTERNAL, PUBLIC);
const matrix = readMatrix();

const { url: databaseUrl } = await startedDatabase();
const keys = await rolesOf(databaseUrl);
/** The limits of production; not those of a minute, in which nobody asks this much. */
const gateway = { costs: { ...readConfig({}).costs, perMinute: 0 } };
const hubs = {
  'in process': await startHub(databaseUrl, { gateway }),
  apart: await startHub(databaseUrl, { mode: 'apart', gateway }),
};
await addRareRows(databaseUrl);
const world = await openWorld(hubs['in process'].url, keys, await placeRows(databaseUrl));
const routes = routesOf(INTERNAL, PUBLIC);
const deskOf = (caller: Caller, mode: HubMode): Desk => ({
  url: hubs[mode].url,
  key: keys[caller],
  whole: INTERNAL,
  open: PUBLIC,
  routes,
  views: world(caller),
});

test('every element of the graph has a line in test/access-matrix.csv', async () => {
  const missing = coordinates.filter(({ name }) => !matrix.has(name));
  const lines = new Map<string, Partial<Record<Caller, string>>>(missing.map(({ name }) => [name, {}]));
  for (const caller of CALLERS)
    for (const [name, { cell }] of await observe(deskOf(caller, 'in process'), missing))
      Object.assign(lines.get(name) ?? {}, { [caller]: cell });
  const toAdd = [...lines].map(([name, line]) => lineText(name, line));
  expect(toAdd, 'Review these lines, which say what happens today, and add them').toEqual([]);
});

test('every line of test/access-matrix.csv is about an element of the graph', () => {
  const known = new Set(coordinates.map(({ name }) => name));
  expect(
    [...matrix.keys()].filter((name) => !known.has(name)),
    'Remove these lines',
  ).toEqual([]);
});

const seen = new Map<string, Promise<Map<string, Observed>>>();

/** What a caller gets of the elements that are tried in a mode, asked once. */
function seenBy(caller: Caller, mode: HubMode): Promise<Map<string, Observed>> {
  const known = seen.get(`${caller} ${mode}`) ?? observe(deskOf(caller, mode), triedIn(mode));
  seen.set(`${caller} ${mode}`, known);
  return known;
}

/** What anybody may read, and what inputs hold, is the same code in both modes; fields are guarded in each. */
const triedIn = (mode: HubMode) =>
  coordinates.filter(
    ({ name, kind, open }) => matrix.has(name) && (mode === 'in process' || (kind === 'field' && !open)),
  );

const CASES = HUB_MODES.flatMap((mode) => CALLERS.map((caller) => ({ mode, caller })));

test.each(CASES)('$caller gets what the matrix says, $mode', async ({ mode, caller }) => {
  const found = await seenBy(caller, mode);
  const cells = [...found].map(([name, { cell }]) => `${name}: ${cell}`);
  expect(cells.sort()).toEqual(
    triedIn(mode)
      .map(({ name }) => `${name}: ${matrix.get(name)?.[caller]}`)
      .sort(),
  );
});

/** Types of which there may be nothing to be read: then only the way to them is tried. */
const MAY_BE_WITHOUT_OBJECTS = new Set(['GroupKey', 'WeakSignal']);

/** What a mutation answers is null when it was sent a version that nothing has (see test/access/mutations.ts). */
const isAnswer = (type: string) => type.endsWith('Payload');

test('the fields of all other types were read of real objects', async () => {
  const found = await seenBy('DITP', 'in process');
  const fields = coordinates.filter(({ kind }) => kind === 'field');
  const live = new Set(fields.flatMap(({ name, type }) => (found.get(name)?.live ? [type] : [])));
  const dead = new Set(
    fields.flatMap(({ type }) =>
      live.has(type) || MAY_BE_WITHOUT_OBJECTS.has(type) || isAnswer(type) ? [] : [type],
    ),
  );
  expect([...dead], 'Give test/access/samples.ts a way to an object of these types').toEqual([]);
});
