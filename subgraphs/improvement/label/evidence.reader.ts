import type { Kysely } from 'kysely';
import { listLoader } from '../../../kernel/loader.ts';
import type { Agent } from '../../../kernel/postgres/agent.ts';
import type { Reading } from '../fact/facts.ts';
import type { ImprovementDatabase } from '../tables.ts';
import { auditsOf, surveysOf } from './evidence.query.ts';

/** Audits and surveys by label: of published ones for everybody, of those that a viewer works on for an agent. */
export function evidenceReaders(db: Kysely<ImprovementDatabase>, agent: Agent<ImprovementDatabase>) {
  return {
    published: loaders((work) => work(db), 'published'),
    working: loaders(agent, 'agent'),
  };
}

function loaders(reading: Reading, from: 'published' | 'agent') {
  return {
    audits: listLoader(
      (labels: readonly string[]) => reading((db) => auditsOf(db, from, labels)),
      (label) => label,
      (row) => row.label_id,
    ),
    surveys: listLoader(
      (labels: readonly string[]) => reading((db) => surveysOf(db, from, labels)),
      (label) => label,
      (row) => row.label_id,
    ),
  };
}
