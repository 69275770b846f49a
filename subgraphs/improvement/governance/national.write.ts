import { randomUUID } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import { HubError } from '../../../kernel/errors.ts';
import { cleanText } from '../../../kernel/text.ts';
import { perform } from '../../../kernel/write/command.ts';
import { demandVersion } from '../../../kernel/write/version.ts';
import { type Keyed, requestOf, type Versioned, type Writing } from '../../../kernel/write/writing.ts';
import { actionNoun, type Change, type Content, type Trx } from '../fact/write.ts';
import type { ImprovementDatabase } from '../tables.ts';
import type { NationalSource } from './national.query.ts';

/** A kind of national fact that is written in the hub. */
export interface NationalKind<Row> extends NationalSource<Row> {
  /** Of its ids: MAJOR for MAJOR-…. */
  prefix: string;
  /** What it is called: « major action », and MAJOR_ACTION_SAVED in the audit. */
  noun: string;
  /** Columns of the table itself that commands read. */
  stored: readonly (keyof Row & string)[];
  /** What the audit tells of it beside its version: ids, states, days and figures, no words. */
  audited: readonly (keyof Row & string)[];
}

/** How a command on a national fact is named. */
interface NationalCommand<Row> {
  kind: NationalKind<Row>;
  /** The mutation. */
  name: string;
}

/** The input of a `save…` mutation: `id` and `version` change what exists. */
export interface NationalSave extends Keyed {
  id?: string | null | undefined;
  version?: number | null | undefined;
}

const ALLOWED = { scope: 'governance:write', network: null } as const;

/**
 * The whole way of a `save…` mutation of DITP: without `id` it makes a fact, with `id` and `version` it replaces what
 * one says.
 * @param content what it says from now on; `before` is the row under lock, null for a new one
 * @throws HubError as `perform`; NOT_FOUND for an unknown id, CONFLICT for another version
 */
export async function saveNational<Row extends { version: number }, Input extends NationalSave>(
  writing: Writing<ImprovementDatabase>,
  { kind, name }: NationalCommand<Row>,
  input: Input,
  content: (trx: Trx, before: Row | null) => Promise<Content>,
) {
  const action = `${actionNoun(kind.noun)}_SAVED`;
  const { id, version } = input;
  if (id !== null && id !== undefined) {
    const existing = { ...input, id, version: version ?? 0 };
    return changeNational(writing, { kind, name }, existing, async (trx, row) => ({
      content: await content(trx, row),
      action,
    }));
  }
  return perform(writing.owner, { ...requestOf(writing, name, input), ...ALLOWED }, async (trx, audit) => {
    const made = `${kind.prefix}-${randomUUID()}`;
    const values = Object.entries({ id: made, ...(await content(trx, null)) });
    const { rows } = await sql<object>`
      insert into ${tableOf(kind)} as f (${sql.join(values.map(([column]) => sql.ref(column)))})
      values (${sql.join(values.map(([, value]) => value))}) returning ${audited(kind)}`.execute(trx);
    await audit({ networkId: null, action, objectId: made, before: null, after: rows[0] ?? null });
    return { id: made };
  });
}

/** The whole way of a mutation on a national fact that exists: allowed, locked, at its version, changed, audited. */
export async function changeNational<
  Row extends { version: number },
  Input extends Versioned & { id: string },
>(
  writing: Writing<ImprovementDatabase>,
  { kind, name }: NationalCommand<Row>,
  input: Input,
  change: (trx: Trx, row: Row) => Promise<Change>,
) {
  const id = cleanText(input.id, 'id');
  return perform(writing.owner, { ...requestOf(writing, name, input), ...ALLOWED }, async (trx, audit) => {
    const row = await lockNational(trx, kind, id);
    demandVersion(input.version, row.version);
    const { content, action, reason = null } = await change(trx, row);
    const set = Object.entries({ ...content, import_id: null, import_row: null }).map(
      ([column, value]) => sql`${sql.ref(column)} = ${value}`,
    );
    const { rows } = await sql<object>`
      update ${tableOf(kind)} f set ${sql.join(set)} where f.id = ${id} returning ${audited(kind)}`.execute(
      trx,
    );
    const told = Object.keys(rows[0] ?? {});
    const before = Object.fromEntries(Object.entries(row).filter(([column]) => told.includes(column)));
    await audit({ networkId: null, action, objectId: id, before, after: rows[0] ?? null, reason });
    return { id };
  });
}

async function lockNational<Row>(trx: Trx, kind: NationalKind<Row>, id: string): Promise<Row> {
  const { rows } = await sql<Row>`
    select ${refs(kind.stored)} from ${tableOf(kind)} f where f.id = ${id} for update`.execute(trx);
  if (rows[0] === undefined) throw new HubError('NOT_FOUND', `No such ${kind.noun}.`);
  return rows[0];
}

const tableOf = <Row>({ table }: NationalKind<Row>) => sql.table(`improvement.${table}`);
const refs = (columns: readonly string[]): RawBuilder<unknown> =>
  sql.join(columns.map((column) => sql.ref(`f.${column}`)));
const audited = <Row>(kind: NationalKind<Row>) => refs(['version', ...kind.audited]);
