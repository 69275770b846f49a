import fc from 'fast-check';
import { expect } from 'vitest';
import { possibleSteps, type Workflow } from '../../kernel/write/workflow.ts';

/** How one kind of thing is driven through the real graph and database. */
export interface Driven<State extends string, Verb extends string> {
  /** Makes a new thing, which is in the initial state, and gives its id. */
  begin(): Promise<string>;
  /** Sends the command with a new key: `done`, else the code of the error or of the first user error. */
  send(id: string, verb: Verb, version: number): Promise<string>;
  /** What is stored. */
  read(id: string): Promise<{ state: State; version: number }>;
}

const RUNS = Number(process.env.HUB_RANDOM_RUNS ?? 12);
const SEED = Number(process.env.HUB_RANDOM_SEED ?? 20_261_122);

/**
 * Random sequences of commands against the simplest model of a workflow: a state and a version. Possible steps are
 * done and count one version; impossible ones and old versions are refused and change nothing; of two commands sent
 * at once with one version, exactly one is done when both are possible.
 *
 * @param verbs those that one agent may send again and again; all by default
 */
export async function expectWorkflow<State extends string, Verb extends string>(
  flow: Workflow<State, Verb>,
  { begin, send, read }: Driven<State, Verb>,
  verbs: readonly Verb[] = Object.keys(flow.steps) as Verb[],
): Promise<void> {
  const move = fc.record({
    verb: fc.constantFrom(...verbs),
    // Mostly the version that was read last.
    behind: fc.constantFrom(0, 0, 0, 0, 1),
    twin: fc.option(fc.constantFrom(...verbs), { freq: 4 }),
  });
  const reached = new Set<State>([flow.initial]);
  const walk = async (moves: readonly { verb: Verb; behind: number; twin: Verb | null }[]) => {
    const id = await begin();
    let model = await read(id);
    expect(model.state).toBe(flow.initial);
    for (const { verb, behind, twin } of moves) {
      const possible = possibleSteps(flow, model.state);
      if (twin !== null && behind === 0) {
        model = await race(id, model, [verb, twin]);
      } else {
        const outcome = await send(id, verb, model.version - behind);
        if (behind > 0) expect(outcome).toBe('CONFLICT');
        else expect(outcome).toBe(possible.includes(verb) ? 'done' : 'IMPOSSIBLE_TRANSITION');
        if (outcome === 'done') model = { state: flow.steps[verb].to, version: model.version + 1 };
      }
      expect(await read(id)).toEqual(model);
      reached.add(model.state);
    }
  };
  const race = async (id: string, model: { state: State; version: number }, pair: readonly [Verb, Verb]) => {
    const possible = possibleSteps(flow, model.state);
    const outcomes = await Promise.all(pair.map((verb) => send(id, verb, model.version)));
    const done = pair.filter((_, index) => outcomes[index] === 'done');
    const [first] = done;
    expect(done.length).toBe(pair.some((verb) => possible.includes(verb)) ? 1 : 0);
    for (const outcome of outcomes) expect(['done', 'CONFLICT', 'IMPOSSIBLE_TRANSITION']).toContain(outcome);
    return first === undefined ? model : { state: flow.steps[first].to, version: model.version + 1 };
  };
  await fc.assert(fc.asyncProperty(fc.array(move, { minLength: 4, maxLength: 12 }), walk), {
    numRuns: RUNS,
    seed: SEED,
  });
  // A walk that never left the beginning would prove nothing.
  expect(reached.size).toBeGreaterThan(1);
}
