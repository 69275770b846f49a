import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { belongsTo, type SubjectKind } from '../../../kernel/postgres/subject.ts';
import type { ReportFilter } from './filter.ts';

/** What reports hang under: what every fact does, and the documents of the register. */
export type ReportSubject = SubjectKind | 'DOCUMENT';

/** Condition on a published report (alias `r`): it is of that subject and the filter lets it through. */
export function isSelected(
  kind: ReportSubject,
  parent: RawBuilder<string>,
  filter: ReportFilter,
): RawBuilder<SqlBool> {
  const given = <T>(value: T | null | undefined, condition: (value: T) => RawBuilder<SqlBool>) =>
    value === null || value === undefined ? [] : [condition(value)];
  const subject = (of: SubjectKind, id: string | null | undefined) =>
    given(id, (value) => belongsTo(of, 'r', sql`${value}::text`));
  const conditions = [
    kind === 'DOCUMENT' ? sql<SqlBool>`r.document_id = ${parent}` : belongsTo(kind, 'r', parent),
    ...subject('NETWORK', filter.network),
    ...subject('STRUCTURE', filter.structure),
    ...subject('SITE', filter.site),
    ...subject('TERRITORY', filter.territory),
    ...given(filter.status, (list) => sql`r.status = any(${[...list]}::text[])`),
    ...given(filter.kinds, (list) => sql`r.kind = any(${[...list]}::text[])`),
    ...given(filter.problems, (list) => sql`r.problems && ${[...list]}::text[]`),
    ...given(filter.receivedFrom, (day) => sql`r.received_on >= ${day}::date`),
    ...given(filter.receivedTo, (day) => sql`r.received_on <= ${day}::date`),
  ];
  return sql.join(conditions, sql` and `);
}
