import { sql } from 'kysely';
import { code, oneOf, text } from '../../../kernel/import/columns.ts';
import { defineFeed } from '../../../kernel/import/feed.ts';
import { keptFromFiles, writtenOption } from '../../../kernel/import/hub-written.ts';
import { keepRows } from '../../../kernel/import/keep.ts';
import { publishedColumn, publishedOption, publishedValue } from '../../../kernel/import/published.ts';
import { networkId } from '../../../kernel/import/resolve.ts';
import { sheet } from '../../../kernel/import/sheet.ts';
import { checkIds, checkSubject, networkColumn } from '../../../kernel/import/subject.ts';
import { document } from './entities.ts';
import { KINDS } from './words.ts';

export const documentCode = { pattern: /DOC-[\p{L}\p{N}._:-]{1,100}/u, expected: 'DOC- and a code' };

const input = sheet({
  columns: {
    id: code({ header: 'identifiant', required: true, ...documentCode }),
    ...networkColumn,
    title: text({ header: 'intitule', required: true, max: 300 }),
    kind: oneOf({ header: 'nature', required: true, labels: KINDS }),
    reference: text({ header: 'reference', max: 100 }),
    url: code({ header: 'url', pattern: /https?:\/\/\S+/, expected: 'an address such as https://…' }),
    ...publishedColumn,
  },
});

/** The register: letters, e-mails, forms and pages that an administration sends or shows. */
export const documents = defineFeed({
  name: 'documents',
  subgraph: 'simplification',
  description: 'Register of administrative documents: template for headquarters (CSV)',
  input,
  duplicateKey: ['id'],
  options: { ...publishedOption, ...writtenOption },
  scope: () => 'all',
  merge: (trx, { importId, options }) =>
    keepRows(trx, importId, document, {
      network_id: networkId(sql`s.network`),
      id: sql`s.id`,
      title: sql`s.title`,
      kind: sql`s.kind`,
      reference: sql`s.reference`,
      url: sql`s.url`,
      published: publishedValue(options),
    }),
  ...keptFromFiles([document], async (trx) => {
    await checkSubject(trx, input.columns);
    await checkIds(trx, document.table);
  }),
});
