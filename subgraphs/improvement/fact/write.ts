import { randomUUID } from 'node:crypto';
import { sql, type Transaction } from 'kysely';
import type { Scope } from '../../../kernel/viewer.ts';
import { perform } from '../../../kernel/write/command.ts';
import { refuse } from '../../../kernel/write/refused.ts';
import type { Keyed, Versioned, Writing } from '../../../kernel/write/writing.ts';
import { requestOf } from '../../../kernel/write/writing.ts';
import type { ImprovementDatabase } from '../tables.ts';
import { lockFact, reach } from './reach.ts';
import type { Fact, FactKind } from './sources.ts';
import { type FactSubjectInput, type SubjectIds, subjectIds, subjectProblems } from './subject.check.ts';

export type Trx = Transaction<ImprovementDatabase>;

/** Values of columns, by name; a value may be SQL. */
export type Content = Readonly<Record<string, unknown>>;

/** What a change of a fact comes to. */
export interface Change {
  /** What is written; one version counts, whatever it is. */
  content: Content;
  /** In the audit: ACTION_PLAN_ABANDONED. */
  action: string;
  /** Why, in the words of who did it. */
  reason?: string | null | undefined;
}

/** What the input of every `save…` mutation begins with (see `saveFields`). */
export interface SaveInput extends Keyed {
  subject?: FactSubjectInput | null | undefined;
  id?: string | null | undefined;
  version?: number | null | undefined;
}

/** How a command on a fact is named and allowed. */
export interface FactCommand<Row> {
  kind: FactKind<Row>;
  /** The mutation. */
  name: string;
  /** `improvement:write` unless said. */
  scope?: Scope;
}

/**
 * The whole way of a `save…` mutation. Without `id` it makes a fact about `subject`, a draft; with `id` and
 * `version` it replaces the content of one. What is written here has no import, so that files leave it alone.
 *
 * @param content what the fact says from now on; `before` is the row under lock, null for a new one. It refuses
 *   mistakes with `refuse`.
 * @throws HubError as `perform`; NOT_FOUND for an unknown network, place or id, and for one out of reach
 */
export async function saveFact<Row, Input extends SaveInput>(
  writing: Writing<ImprovementDatabase>,
  { kind, name, scope = 'improvement:write' }: FactCommand<Row>,
  input: Input,
  content: (trx: Trx, subject: SubjectIds, before: Fact<Row> | null) => Promise<Content>,
) {
  const action = `${actionNoun(kind.noun)}_SAVED`;
  const { subject, id, version } = input;
  if (id !== null && id !== undefined) {
    const existing = { ...input, id, version: version ?? 0 };
    return changeFact(writing, { kind, name, scope }, existing, async (trx, row) => {
      if (subject !== null && subject !== undefined) refuse([SUBJECT_STAYS]);
      return { content: await content(trx, row, row), action };
    });
  }
  if (subject === null || subject === undefined) return { done: null, userErrors: [SUBJECT_NEEDED] };
  const ids = subjectIds(subject);
  return makeFact(writing, { kind, name, scope }, input, ids, async (trx) => {
    refuse(await subjectProblems(trx, ids));
    return content(trx, ids, null);
  });
}

/**
 * Makes a fact about a subject that is known to exist, if the viewer may write there.
 * @throws HubError as `perform`
 */
export async function makeFact<Row, Input extends Keyed>(
  writing: Writing<ImprovementDatabase>,
  { kind, name, scope = 'improvement:write' }: FactCommand<Row>,
  input: Input,
  ids: SubjectIds,
  content: (trx: Trx) => Promise<Content>,
) {
  const target = {
    ...requestOf(writing, name, input),
    scope,
    network: ids.network_id,
    place: { structure: ids.structure_id, site: ids.site_id },
  };
  return perform(writing.owner, target, async (trx, audit) => {
    const made = `${kind.prefix}-${randomUUID()}`;
    const values = Object.entries({ ...ids, id: made, ...(await content(trx)) });
    const { rows } = await sql<Fact<Row>>`
      insert into ${tableOf(kind)} as f (${sql.join(values.map(([column]) => sql.ref(column)))})
      values (${sql.join(values.map(([, value]) => value))}) returning ${audited(kind)}`.execute(trx);
    await audit({
      networkId: ids.network_id,
      action: `${actionNoun(kind.noun)}_SAVED`,
      objectId: made,
      before: null,
      after: rows[0] ?? null,
    });
    return { id: made };
  });
}

/**
 * The whole way of a mutation on a fact that exists: seen by the viewer, allowed where it stands, locked, at the
 * version that was read, changed, audited.
 */
export async function changeFact<Row, Input extends Versioned & { id: string }>(
  writing: Writing<ImprovementDatabase>,
  { kind, name, scope = 'improvement:write' }: FactCommand<Row>,
  input: Input,
  change: (trx: Trx, row: Fact<Row>) => Promise<Change>,
) {
  const at = await reach(writing, kind, input.id);
  return perform(writing.owner, { ...requestOf(writing, name, input), scope, ...at }, async (trx, audit) => {
    const row = await lockFact(trx, kind, input.id, input.version, at);
    const { content, action, reason = null } = await change(trx, row);
    const set = Object.entries({ ...content, import_id: null, import_row: null }).map(
      ([column, value]) => sql`${sql.ref(column)} = ${value}`,
    );
    const { rows } = await sql<Fact<Row>>`
      update ${tableOf(kind)} f set ${sql.join(set)}
       where f.network_id = ${at.network} and f.id = ${input.id} returning ${audited(kind)}`.execute(trx);
    const told = Object.keys(rows[0] ?? {});
    const before = Object.fromEntries(Object.entries(row).filter(([column]) => told.includes(column)));
    await audit({
      networkId: at.network,
      action,
      objectId: input.id,
      before,
      after: rows[0] ?? null,
      reason,
    });
    return { id: input.id };
  });
}

/** SELF_DIAGNOSIS for a self-diagnosis. */
export const actionNoun = (noun: string) => noun.toUpperCase().replaceAll(/[^A-Z]+/g, '_');

const tableOf = <Row>({ table }: FactKind<Row>) => sql.table(`improvement.${table}`);

const audited = <Row>(kind: FactKind<Row>) =>
  sql.join(['version', 'publication', ...kind.audited].map((column) => sql.ref(`f.${column}`)));

const SUBJECT_NEEDED = {
  code: 'REQUIRED',
  message: 'Expected the subject of something new, or the id of what to change.',
  path: ['input', 'subject'],
};

const SUBJECT_STAYS = {
  code: 'BAD_SUBJECT',
  message: 'What exists stays about its subject: leave it out.',
  path: ['input', 'subject'],
};
