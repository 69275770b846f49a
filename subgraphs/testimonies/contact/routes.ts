import { badInput, HubError } from '../../../kernel/errors.ts';
import { jsonBody } from '../../../kernel/raw/json.ts';
import { jsonAnswer, type RawAnswer, type RawRequest, type RawRoute } from '../../../kernel/raw/route.ts';
import { nothingHere } from '../../../kernel/raw/status.ts';
import type { Contact } from './contact.ts';
import { type Leaving, leaveContact } from './leave.query.ts';
import { readContact } from './store.query.ts';
import { withoutKeys } from './vault.ts';

/** An address of an e-mail, a phone number, a postal code, a receipt: no contact is longer. */
const BODY_LIMIT = 4096;
const DAY_MS = 86_400_000;

/**
 * Contacts of authors, outside the graph: whoever submitted a testimony leaves one, the moderation reads it.
 *
 * @param keepDays for how many days a contact may be kept
 */
export function contactRoutes<DB>(leaving: Leaving<DB>, keepDays: number): RawRoute[] {
  const path = '/contacts/:id';
  return [
    { method: 'PUT', path, bodyLimit: BODY_LIMIT, handle: (request) => leave(leaving, request, keepDays) },
    { method: 'GET', path, bodyLimit: 0, handle: (request) => show(leaving, request) },
  ];
}

/** PUT: `{ receipt, email, phone?, postalCode?, consent }`, once. */
async function leave<DB>(leaving: Leaving<DB>, request: RawRequest, keepDays: number): Promise<RawAnswer> {
  const { viewer } = request;
  demandKey(viewer.subject);
  if (leaving.vault.keyIds.length === 0) throw withoutKeys();
  const { receipt, email, phone, postalCode, consent, ...others } = await jsonBody(request);
  const [other] = Object.keys(others);
  if (other !== undefined) throw badInput('Expected receipt, email, phone, postalCode and consent, no more.');
  const consentAt = new Date();
  const contact: Contact = {
    testimonyId: testimonyIn(request),
    email: textIn(email, 'email'),
    phone: phone === undefined || phone === null ? null : textIn(phone, 'phone'),
    postalCode: postalCode === undefined || postalCode === null ? null : textIn(postalCode, 'postalCode'),
    consent: textIn(consent, 'consent'),
    consentAt,
    retentionUntil: new Date(consentAt.getTime() + keepDays * DAY_MS).toISOString().slice(0, 10),
  };
  if (!(await leaveContact(leaving, viewer, textIn(receipt, 'receipt'), contact))) throw nothingHere();
  return { status: 204, headers: {}, body: null };
}

/** GET: for the moderation, which is recorded. */
async function show(
  { contacts, vault }: Pick<Leaving<never>, 'contacts' | 'vault'>,
  request: RawRequest,
): Promise<RawAnswer> {
  const { viewer } = request;
  demandKey(viewer.subject);
  if (vault.keyIds.length === 0) throw withoutKeys();
  const found = await readContact(contacts, vault, viewer, testimonyIn(request));
  if (found === null) throw nothingHere();
  const { testimonyId: testimony, ...contact } = found;
  return jsonAnswer(200, { testimony, ...contact });
}

/** What is no id of a testimony has no contact. */
function testimonyIn({ params }: RawRequest): string {
  const id = params['id'] ?? '';
  if (!id.startsWith('TEM-')) throw nothingHere();
  return id;
}

function demandKey(subject: string | null): void {
  if (subject !== null) return;
  throw new HubError('UNAUTHENTICATED', 'This needs a key or a token: send it as "Authorization: Bearer …".');
}

function textIn(value: unknown, name: string): string {
  if (typeof value !== 'string') throw badInput(`"${name}" must be a text.`);
  return value;
}
