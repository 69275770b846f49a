import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { ListArguments } from '../../../kernel/graphql/lists.ts';
import { belongsTo, forEachParent, type SubjectKind } from '../../../kernel/postgres/subject.ts';
import type { ImprovementDatabase, SubjectColumns } from '../tables.ts';
import type { FactFilter, FactParent } from './filter.ts';
import type { Fact, FactSource } from './sources.ts';

type Db = Kysely<ImprovementDatabase>;
type Arguments = ListArguments<FactParent, FactFilter>;

const SUBJECT: readonly (keyof SubjectColumns)[] = [
  'network_id',
  'id',
  'structure_id',
  'site_id',
  'territory_id',
  'version',
  'publication',
];

/** Sorts facts without a day after all others. */
const BEFORE_ALL = '0001-01-01';

const PARIS_TODAY = sql`(now() at time zone 'Europe/Paris')::date`;

/** What is read of the row `f`; a working row says that it is one. */
const columnsOf = <Row>({ columns, read }: FactSource<Row>) => sql`
  ${sql.join([...SUBJECT, ...columns].map((column) => sql.ref(`f.${column}`)))}, ${sql.lit(read === 'working')} as working`;

const viewOf = <Row>({ read, table }: FactSource<Row>) => sql.table(`improvement.${read}_${table}`);

const dayOf = <Row>({ day }: FactSource<Row>) =>
  sql`coalesce(${sql.ref(`f.${day}`)}, ${sql.lit(BEFORE_ALL)}::date)`;

/** The published facts among `ids`, in any order. */
export async function factsById<Row>(
  db: Db,
  source: FactSource<Row>,
  ids: readonly string[],
): Promise<Fact<Row>[]> {
  const found = await sql<Fact<Row>>`
    select ${columnsOf(source)} from ${viewOf(source)} f where f.id = any(${[...ids]}::text[])`.execute(db);
  return found.rows;
}

/** One page of the facts of each subject, latest first. */
export async function latestFacts<Row>(
  db: Db,
  source: FactSource<Row>,
  { kind, filter, size, after }: Arguments,
  parents: readonly string[],
): Promise<(Fact<Row> & { parent: string })[]> {
  const later = after
    ? sql`(${dayOf(source)}, f.id) < (coalesce(${after[0]}::date, ${sql.lit(BEFORE_ALL)}::date), ${after[1]})`
    : sql`true`;
  const found = await forEachParent(
    parents,
    (parent) => sql<Fact<Row>>`
      select ${columnsOf(source)} from ${viewOf(source)} f
       where ${isSelected(kind, parent, filter)} and ${later}
       order by ${dayOf(source)} desc, f.id desc limit ${size}`,
  ).execute(db);
  return found.rows;
}

/** How many facts each subject has. */
export async function countFacts<Row>(
  db: Db,
  source: FactSource<Row>,
  { kind, filter }: Pick<Arguments, 'kind' | 'filter'>,
  parents: readonly string[],
): Promise<{ parent: string; count: number }[]> {
  const found = await forEachParent(
    parents,
    (parent) => sql<{ count: number }>`
      select count(*)::int as count from ${viewOf(source)} f where ${isSelected(kind, parent, filter)}`,
  ).execute(db);
  return found.rows;
}

function isSelected(kind: FactParent, parent: RawBuilder<string>, filter: FactFilter): RawBuilder<SqlBool> {
  const given = <T>(value: T | null | undefined, condition: (value: T) => RawBuilder<SqlBool>) =>
    value === null || value === undefined ? [] : [condition(value)];
  const subject = (of: SubjectKind, id: string | null | undefined) =>
    given(id, (value) => belongsTo(of, 'f', sql`${value}::text`));
  const conditions = [
    hangsUnder(kind, parent),
    ...subject('NETWORK', filter.network),
    ...subject('STRUCTURE', filter.structure),
    ...subject('SITE', filter.site),
    ...subject('TERRITORY', filter.territory),
    ...given(filter.status, (list) => sql`f.status = any(${[...list]}::text[])`),
    ...given(filter.commitment, (id) => sql`${id}::text = any(f.commitment_ids)`),
    ...given(filter.ids, (list) => sql`f.id = any(${[...list]}::text[])`),
    ...Object.entries(filter.is ?? {}).flatMap(([column, list]) =>
      given(list, (values) => sql`${sql.ref(`f.${column}`)} = any(${[...values]}::text[])`),
    ),
    ...Object.entries(filter.from ?? {}).flatMap(([column, day]) =>
      given(day, (value) => sql`${sql.ref(`f.${column}`)} >= ${value}::date`),
    ),
    ...Object.entries(filter.until ?? {}).flatMap(([column, day]) =>
      given(day, (value) => sql`${sql.ref(`f.${column}`)} <= ${value}::date`),
    ),
    ...given(
      filter.inForceOn,
      (day) => sql`${day}::date between f.granted_on and f.expires_on
        and coalesce(f.withdrawn_on > ${day}::date, true)`,
    ),
    ...given(filter.expiresBefore, (day) => sql`f.expires_on < ${day}::date`),
    ...given(filter.search, (text) => sql`f.search @@ improvement.search_query(${text})`),
    ...given(filter.toReview, (due) => sql`coalesce(f.review_by <= ${PARIS_TODAY}, true) = ${due}`),
    ...given(filter.level, (list) => sql`f.level = any(${[...list]}::text[])`),
  ];
  return sql.join(conditions, sql` and `);
}

const hangsUnder = (kind: FactParent, parent: RawBuilder<string>) =>
  isColumn(kind)
    ? sql<SqlBool>`${sql.ref(`f.${kind.slice('by '.length)}`)} = ${parent}`
    : belongsTo(kind, 'f', parent);

const isColumn = (kind: FactParent): kind is `by ${string}` => kind.startsWith('by ');
