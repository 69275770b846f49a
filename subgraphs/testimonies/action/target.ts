import { refuse } from '../../../kernel/write/refused.ts';
import type { LinkKind } from '../reply/tables.ts';

/**
 * Id of a plan or an impact. Whether there is one is for their subgraph to say: an id that names nothing, or nothing
 * that is published, is shown to nobody as more than an id.
 * @throws Refused BAD_CODE
 */
export function readTarget(id: string, name: string, kinds: readonly LinkKind[]): string {
  const fits =
    kinds.some((kind) => id.startsWith(`${kind}-`)) && /^[A-Z]+-[\p{L}\p{N}._:-]{1,100}$/u.test(id);
  if (!fits) {
    const expected = kinds.map((kind) => `${kind}-…`).join(' or ');
    refuse([{ code: 'BAD_CODE', message: `expected ${expected}`, path: ['input', name] }]);
  }
  return id;
}
