import type { ImprovementContext } from '../context.ts';

/**
 * What a fact leads to by the id of another. From an agent's working fact it is the working one; what lies out of its
 * reach is read as everybody reads it: the national plan above that of a referent.
 */
export async function planOf(
  { plans, working }: ImprovementContext,
  id: string | null,
  isWorking: boolean | undefined,
) {
  if (id === null) return null;
  return (isWorking ? await working.plans.byId.load(id) : null) ?? plans.byId.load(id);
}

/** The same of a self-diagnosis. */
export async function diagnosisOf(
  { diagnoses, working }: ImprovementContext,
  id: string | null,
  isWorking: boolean | undefined,
) {
  if (id === null) return null;
  return (isWorking ? await working.diagnoses.byId.load(id) : null) ?? diagnoses.byId.load(id);
}
