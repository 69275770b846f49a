import { domainToASCII } from 'node:url';
import { badInput } from '../../../kernel/errors.ts';
import { cleanText } from '../../../kernel/text.ts';

/** How the author of a testimony can be reached; encrypted wherever it is kept. */
export interface ContactDetails {
  email: string;
  phone: string | null;
  postalCode: string | null;
}

/** What is kept of an author, beside the testimony and never in the graph. Instants are UTC, days ISO. */
export interface Contact extends ContactDetails {
  /** Id of the testimony, `TEM-…`. */
  testimonyId: string;
  /** Which wording the author agreed to: without it nothing may be kept. Not a text of the author. */
  consent: string;
  consentAt: Date;
  /** Last day on which it may be kept; the next purge after it erases it. */
  retentionUntil: string;
}

/** No part is longer than the longest address of an e-mail (RFC 5321). */
const LONGEST = 254;
const TESTIMONY = /^TEM-[A-Za-z0-9][A-Za-z0-9._:-]{0,115}$/;
const EMAIL = /^[^\s\p{C}@<>,;"]{1,64}@[^\s\p{C}@<>,;"]+\.[^\s\p{C}@<>,;"]+$/u;
const PHONE = /^\+?[0-9][0-9 .()-]{2,28}[0-9]$/;
const POSTAL_CODE = /^[A-Za-z0-9][A-Za-z0-9 -]{1,9}$/;
/** Name of a wording, so that nothing personal is written in clear by mistake. */
const CONSENT = /^[a-z0-9][a-z0-9.-]{0,63}$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * A contact that is fit to be kept, its parts trimmed.
 *
 * @throws BAD_USER_INPUT that names what is wrong and never repeats it.
 */
export function checkedContact(contact: Contact): Contact {
  return {
    testimonyId: checkedTestimony(contact.testimonyId),
    email: matching(contact.email, 'email', EMAIL),
    phone: contact.phone === null ? null : matching(contact.phone, 'phone', PHONE),
    postalCode: contact.postalCode === null ? null : matching(contact.postalCode, 'postalCode', POSTAL_CODE),
    consent: matching(contact.consent, 'consent', CONSENT),
    consentAt: contact.consentAt,
    retentionUntil: laterThan(contact.consentAt, contact.retentionUntil),
  };
}

/** @throws BAD_USER_INPUT when the text is not the id of a testimony. */
export const checkedTestimony = (id: string): string => matching(id, 'testimonyId', TESTIMONY);

/** The one spelling under which an address is found again: no case, domain as the network writes it. */
export function normalisedEmail(email: string): string {
  const address = matching(email, 'email', EMAIL).normalize('NFC').toLowerCase();
  const at = address.lastIndexOf('@');
  return `${address.slice(0, at)}@${domainToASCII(address.slice(at + 1)) || address.slice(at + 1)}`;
}

function matching(value: string, name: string, form: RegExp): string {
  const text = cleanText(value, name).trim();
  // The length first: a pattern may take long to refuse a long text.
  if (text.length > LONGEST || !form.test(text)) throw notA(name);
  return text;
}

function laterThan(consentAt: Date, day: string): string {
  if (Number.isNaN(consentAt.getTime())) throw notA('consentAt');
  const at = DAY.test(day) ? new Date(day) : null;
  // A day that no month has is read as one of the next month.
  const exists = at !== null && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day);
  if (!exists || day <= consentAt.toISOString().slice(0, 10)) throw notA('retentionUntil');
  return day;
}

const notA = (name: string) => badInput(`"${name}" has not the form that is expected.`);
