import { refuse } from './refused.ts';

/** One thing that may be done in a workflow. */
export interface Step<State extends string> {
  from: readonly State[];
  to: State;
  /** Who does it, for people: « super agent ». */
  by: string;
  /** What it means, in one sentence. */
  means: string;
}

/** The states of a thing and what leads from one to another; declared once, in a file `*.workflow.ts`. */
export interface Workflow<State extends string = string, Verb extends string = string> {
  /** What has these states: « reply ». */
  name: string;
  /** State of a thing that has just been made. */
  initial: State;
  states: Readonly<Record<State, string>>;
  /** By verb, camel case, as the mutation that does it begins. */
  steps: Readonly<Record<Verb, Step<State>>>;
}

/** Declares a workflow: nothing but inference. */
export const workflow = <State extends string, Verb extends string>(
  declared: Workflow<State, Verb>,
): Workflow<State, Verb> => declared;

/** What may be done next, in the order of the declaration. */
export const possibleSteps = <State extends string, Verb extends string>(
  { steps }: Workflow<State, Verb>,
  state: State,
): Verb[] => verbsOf(steps).filter((verb) => steps[verb].from.includes(state));

/**
 * The state after a step. Call it where the row cannot move any more: under its lock, after `demandVersion`.
 *
 * @throws Refused with IMPOSSIBLE_TRANSITION, which says what is possible instead
 */
export function stateAfter<State extends string, Verb extends string>(
  flow: Workflow<State, Verb>,
  verb: Verb,
  state: State,
): State {
  const step = flow.steps[verb];
  if (!step.from.includes(state)) {
    const possible = possibleSteps(flow, state);
    const instead =
      possible.length > 0 ? `what is possible: ${possible.join(', ')}` : 'nothing more is possible';
    refuse([
      {
        code: 'IMPOSSIBLE_TRANSITION',
        message: `"${verb}" asks for ${step.from.join(' or ')}, and this ${flow.name} is ${state}; ${instead}.`,
        path: ['input'],
      },
    ]);
  }
  return step.to;
}

/** The workflow as a picture: a state diagram in Mermaid. */
export function diagramOf({ initial, states, steps }: Workflow): string {
  const arrows = verbsOf(steps).flatMap((verb) =>
    steps[verb]?.from.map((from) => `  ${from} --> ${steps[verb]?.to}: ${verb}`),
  );
  const ends = Object.keys(states).filter(
    (state) => possibleSteps({ initial, states, steps, name: '' }, state).length === 0,
  );
  return [
    'stateDiagram-v2',
    `  [*] --> ${initial}`,
    ...arrows,
    ...ends.map((state) => `  ${state} --> [*]`),
  ].join('\n');
}

const verbsOf = <Verb extends string>(steps: Readonly<Record<Verb, unknown>>) => Object.keys(steps) as Verb[];
