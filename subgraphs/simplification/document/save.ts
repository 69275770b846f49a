import { randomUUID } from 'node:crypto';
import { sql, type Transaction } from 'kysely';
import { badInput, HubError } from '../../../kernel/errors.ts';
import { cleanText } from '../../../kernel/text.ts';
import type { Audit } from '../../../kernel/write/audit.ts';
import { perform } from '../../../kernel/write/command.ts';
import { type Outcome, refuse } from '../../../kernel/write/refused.ts';
import { demandVersion } from '../../../kernel/write/version.ts';
import { type Keyed, requestOf, type Writing } from '../../../kernel/write/writing.ts';
import { mistake, neededText, type Optional, textIn } from '../report/mistakes.ts';
import type { DocumentKind, DocumentRow, SimplificationDatabase } from '../tables.ts';
import { type DocumentWork, lockedDocument } from './work.query.ts';

export interface SaveDocumentInput extends Keyed {
  network: string;
  id?: Optional<string>;
  version?: Optional<number>;
  title: string;
  kind: DocumentKind;
  reference?: Optional<string>;
  url?: Optional<string>;
}

const LONGEST = { title: 300, reference: 100, url: 2000 };

/**
 * Keeps a document in the register of a network: a new draft, or another wording of one that is there, whose state
 * stays. What is public changes at once.
 *
 * @throws HubError as `perform`; NOT_FOUND for a document that is not of this network; CONFLICT; BAD_USER_INPUT
 *   without the version of what is to be changed
 */
export async function saveDocument(
  writing: Writing<SimplificationDatabase>,
  input: SaveDocumentInput,
): Promise<Outcome<{ id: string }>> {
  const network = cleanText(input.network, 'network');
  const target = {
    ...requestOf(writing, 'saveDocument', input),
    scope: 'simplification:write' as const,
    network,
  };
  return perform(writing.owner, target, async (trx, audit) => {
    const content = contentOf(input);
    const before = await existing(trx, network, input);
    const id = before?.id ?? `DOC-${randomUUID()}`;
    await (before === null
      ? add(trx, { ...content, network_id: network, id })
      : change(trx, network, id, content));
    await tell(audit, network, id, before, content);
    return { id };
  });
}

/** The document to change, under lock; null for a new one. */
async function existing(
  trx: Transaction<SimplificationDatabase>,
  network: string,
  { id, version }: SaveDocumentInput,
): Promise<DocumentWork | null> {
  if (id === null || id === undefined) return null;
  if (version === null || version === undefined) {
    throw badInput('"version" is needed: that of the document as it was read.');
  }
  const document = await lockedDocument(trx, network, cleanText(id, 'id'));
  if (document === null) throw noDocument();
  demandVersion(version, document.version);
  return document;
}

type Content = Pick<DocumentRow, 'title' | 'kind' | 'reference' | 'url'>;

function contentOf({ title, kind, reference, url }: SaveDocumentInput): Content {
  const name = neededText(title, 'title', LONGEST.title);
  const ref = textIn(reference, 'reference', LONGEST.reference);
  const address = textIn(url, 'url', LONGEST.url);
  refuse([
    ...[name, ref, address].flatMap(({ mistakes }) => mistakes),
    ...(address.text === null || /^https?:\/\//i.test(address.text)
      ? []
      : [mistake('BAD_URL', 'Expected http(s)://….', 'url')]),
  ]);
  return { title: name.text, kind, reference: ref.text, url: address.text };
}

async function add(trx: Transaction<SimplificationDatabase>, row: DocumentRow): Promise<void> {
  await trx
    .insertInto('simplification.document')
    .values({ ...row, withdrawn_on: null, import_id: null, import_row: null })
    .execute();
}

async function change(
  trx: Transaction<SimplificationDatabase>,
  network: string,
  id: string,
  { title, kind, reference, url }: Content,
): Promise<void> {
  await sql`
    update simplification.document
       set title = ${title}, kind = ${kind}, reference = ${reference}, url = ${url}, import_id = null, import_row = null
     where network_id = ${network} and id = ${id}`.execute(trx);
}

const tell = (audit: Audit, network: string, id: string, before: DocumentWork | null, content: Content) =>
  audit({
    networkId: network,
    action: 'DOCUMENT_SAVED',
    objectId: id,
    before: before && { ...told(before), state: before.state, version: before.version },
    after: { ...told(content), state: before?.state ?? 'DRAFT', version: (before?.version ?? 0) + 1 },
  });

/** A register is the network's own: nothing in it is a user's. */
const told = ({ title, kind, reference, url }: Content) => ({ title, kind, reference, url });

/** One of another network is answered alike. */
export const noDocument = () => new HubError('NOT_FOUND', 'No such document.');
