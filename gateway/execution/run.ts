import type { SubgraphAnswer } from './call.ts';
import { causeOf, pathOf } from './cause.ts';
import { gather, type Representations, settle, type Waiting } from './entities.ts';
import { type Cause, Failure, isPlace, type Place, unavailable } from './failure.ts';
import { mark, merge, place } from './merge.ts';
import { type Batch, type EntityStep, type RootStep, renames, type Step } from './plan.ts';
import { rewrite } from './rewrite.ts';
import type { TypeTest } from './types.ts';

/**
 * Sends one step of a plan to its subgraph. Never rejects: a subgraph that does not answer has an error and no
 * data.
 */
export type CallSubgraph = (
  step: RootStep | EntityStep,
  variables: Place | undefined,
) => Promise<SubgraphAnswer>;

export interface Run {
  /** What is merged so far, from the root; answers, and marks where there is none. */
  data: Place;
  /** Errors that could not be tied to any place of the data. */
  loose: Cause[];
  variables: Readonly<Record<string, unknown>>;
  call: CallSubgraph;
  satisfies: TypeTest;
}

/** Runs a plan; what fails is in `run.data` as marks, nothing is thrown for a subgraph's sake. */
export async function runPlan(step: Step | undefined, run: Run): Promise<void> {
  switch (step?.kind) {
    case undefined:
      return;
    case 'sequence':
      for (const each of step.steps) await runPlan(each, run);
      return;
    case 'parallel':
      await Promise.all(step.steps.map((each) => runPlan(each, run)));
      return;
    case 'condition':
      return runPlan(run.variables[step.variable] === true ? step.then : step.otherwise, run);
    case 'root':
      return runRoot(step, run);
    case 'entities':
      return runEntities(step, run);
  }
}

async function runRoot(step: RootStep, run: Run): Promise<void> {
  const { data, errors = [] } = await run.call(step, pick(step.variables, run));
  const answer: Place = isPlace(data) ? data : {};
  rewrite(answer, step.rewrites, run.satisfies);
  const names = renames(step.rewrites);
  let general: Cause | undefined;
  for (const error of errors) {
    const cause = causeOf(error, step.service);
    const path = pathOf(error).map((each) => (typeof each === 'string' ? (names.get(each) ?? each) : each));
    if (path.length === 0) general ??= cause;
    else if (!place(answer, path, cause)) run.loose.push(cause);
  }
  // A key without a value is never what GraphQL answers: the subgraph failed, or did not understand.
  const missing = step.keys.some((key) => answer[key] === undefined);
  if (missing)
    mark(answer, step.keys, new Failure(general ?? propagated(answer) ?? unavailable(step.service)));
  else if (general) run.loose.push(general);
  merge(run.data, answer);
}

/** The failure that made all of the data null: another field's, whose null went up to the root. */
function propagated(answer: Place): Cause | undefined {
  for (const value of Object.values(answer)) if (value instanceof Failure) return value.cause;
  return undefined;
}

async function runEntities(step: EntityStep, run: Run): Promise<void> {
  const variables: Place = {};
  const sent = new Map<string, Representations>();
  const awaited: { batch: Batch; waiting: Waiting }[] = [];
  for (const batch of step.batches) {
    let representations = sent.get(batch.variable);
    if (!representations) {
      representations = { list: [], indexes: new Map() };
      sent.set(batch.variable, representations);
      variables[batch.variable] = representations.list;
    }
    awaited.push({ batch, waiting: gather(batch, run.data, representations, run.satisfies) });
  }
  if (awaited.every(({ waiting }) => waiting.size === 0)) return;
  const { data, errors = [] } = await run.call(step, { ...pick(step.variables, run), ...variables });
  for (const { batch, waiting } of awaited)
    settle(
      batch,
      waiting,
      isPlace(data) ? data[batch.alias] : undefined,
      errors,
      step.service,
      run.satisfies,
    );
}

function pick(names: readonly string[], run: Run): Place | undefined {
  if (names.length === 0) return undefined;
  const picked: Place = {};
  for (const name of names) if (Object.hasOwn(run.variables, name)) picked[name] = run.variables[name];
  return picked;
}
