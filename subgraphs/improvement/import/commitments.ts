import { sql } from 'kysely';
import { reportRows } from '../../../kernel/import/checks.ts';
import { column } from '../../../kernel/import/column.ts';
import type { ImportTransaction } from '../../../kernel/import/feed.ts';
import { codes } from '../../../kernel/import/list-column.ts';

const PATTERN = /(?:COMMITMENT-)?(?:E\d{1,2}|2021-\d{1,2})/i;
const EXPECTED = 'a commitment such as E4, or 2021-4';
const canonical = (code: string) => `COMMITMENT-${code.toUpperCase().replace(/^COMMITMENT-/, '')}`;

const readOne = (cell: string) =>
  new RegExp(`^${PATTERN.source}$`, 'i').test(cell)
    ? canonical(cell)
    : ({ code: 'BAD_CODE', message: `expected ${EXPECTED}` } as const);

/** The commitment that a row is about, kept as its id. */
export const commitmentColumn = column({ header: 'engagement', required: true }, 'text', readOne);

/** The same, where a row may be about none. */
export const oneCommitmentColumn = column({ header: 'engagement' }, 'text', readOne);

/** The commitments that a row serves, kept as their ids between commas. */
export const commitmentsColumn = codes({
  header: 'engagements',
  pattern: PATTERN,
  expected: 'commitments such as E4, E5, or 2021-4',
  canonical,
});

/**
 * Sets aside the rows that name a commitment of neither list.
 * @param cell column of the staging, with one id or several between commas; `name` how the file calls it
 */
export async function checkCommitments(trx: ImportTransaction, cell: string, name: string): Promise<void> {
  const named = sql`unnest(string_to_array(${sql.ref(`s.${cell}`)}, ','))`;
  const unknown = sql`select c.id from ${named} c(id)
    where not exists (select from directory.commitment known where known.id = c.id)`;
  await reportRows(trx, {
    code: 'UNKNOWN_COMMITMENT',
    severity: 'QUARANTINED',
    column: name,
    message: `expected ${EXPECTED}`,
    sample: sql`replace((${unknown} limit 1), 'COMMITMENT-', '')`,
    where: sql`exists (${unknown})`,
  });
}
