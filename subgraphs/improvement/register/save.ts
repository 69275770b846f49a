import type { Writing } from '../../../kernel/write/writing.ts';
import { type SaveInput, saveFact } from '../fact/write.ts';
import type { ImprovementDatabase } from '../tables.ts';
import { contentOf } from './content.ts';
import type { Register } from './kind.ts';

/** Makes an entry of a register, a draft until it is published, or gives all of its fields anew. */
export const saveEntry = <Row>(
  writing: Writing<ImprovementDatabase>,
  kind: Register<Row>,
  input: SaveInput & Readonly<Record<string, unknown>>,
) =>
  saveFact<Row, typeof input>(writing, { kind, name: `save${kind.type}` }, input, (trx, subject) =>
    contentOf(trx, kind, input, subject),
  );
