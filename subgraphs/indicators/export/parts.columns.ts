import { sql } from 'kysely';
import { date, decimal, type ExportColumn, id, integer, long, text } from '../../../kernel/export/column.ts';
import { labelSql } from './period.ts';

/** What is measured, of whom, when: the columns that results and figures begin with, for rows with an alias. */
export function measuredColumns(row: string): ExportColumn[] {
  const of = (name: string) => sql.ref(`${row}.${name}`);
  return [
    id('network', 'The network, `ALL` for every public service together.', of('network_id')),
    id('indicator', 'The indicator.', of('indicator_id')),
    id('period', 'Period: 2023, 2023-S1, 2023-T3 or 2023-07.', labelSql(row)),
    date('period_start', 'First day of the period.', of('period_start')),
    date('period_end', 'Last day of the period.', of('period_end')),
    id('period_grain', '`YEAR`, `SEMESTER`, `QUARTER` or `MONTH`.', of('period_grain')),
    integer(
      'definition_version',
      'Version of the definition of the indicator: values of two versions do not compare.',
      of('definition_version'),
    ),
  ];
}

/** The value and what is behind it, as far as it is not withheld. */
export function valueColumns(row: string): ExportColumn[] {
  const of = (name: string) => sql.ref(`${row}.${name}`);
  const shown = (name: string) => sql`case when ${of('suppressed')} is null then ${of(name)} end`;
  return [
    decimal('value', 'The value; empty when withheld.', of('value')),
    decimal('numerator', 'Cases counted; empty when unknown or withheld.', of('numerator')),
    decimal('denominator', 'Cases out of which they are counted.', of('denominator')),
    integer('respondents', 'Users who answered; empty when unknown or withheld.', shown('respondents')),
    integer('very_favourable', 'Answers « très ».', of('very_favourable')),
    integer('favourable', 'Answers « plutôt ».', of('favourable')),
    integer('unfavourable', 'Answers « plutôt pas ».', of('unfavourable')),
    integer('very_unfavourable', 'Answers « pas du tout ».', of('very_unfavourable')),
    id(
      'suppressed',
      'Why it is withheld, `SMALL_SAMPLE` or `COMPLEMENTARY`; empty when it is not.',
      of('suppressed'),
    ),
  ];
}

/** Where a row comes from; `i` is its import. */
export function sourceColumns(row: string): ExportColumn[] {
  const of = (name: string) => sql.ref(`${row}.${name}`);
  return [
    date(
      'updated_on',
      'Day of the last update by the source.',
      sql`coalesce(${of('updated_on')}, i.published_on)`,
    ),
    text('source', 'Who published it.', sql`coalesce(i.source, i.feed)`),
    text('licence', 'Under which licence.', sql.ref('i.licence')),
    long('publication', 'Number of the publication of the hub that brought it.', sql.ref('i.publication')),
    integer('source_row', 'Line of the source file; empty where there is no single one.', of('import_row')),
  ];
}
