import { createHash } from 'node:crypto';

/** What is said of an answer that nobody may keep. */
export const NOT_KEPT = 'private, no-store';

/** Longest that a cache may go on serving an answer while the hub fails, in seconds. */
const STALE_IF_ERROR = 86_400;

/**
 * The `Cache-Control` of an answer that anybody may see and that may be `seconds` old. A cache may serve it once
 * more while it fetches the next one, and for a day when it gets none. With 0, caches keep it but ask again each
 * time (a 304 answers them).
 */
export function sharedFor(seconds: number): string {
  if (seconds <= 0) return 'public, no-cache';
  return `public, max-age=${seconds}, stale-while-revalidate=${seconds}, stale-if-error=${STALE_IF_ERROR}`;
}

/**
 * The strong entity tag of one representation: the same bytes, in the same media type and the same encoding, have
 * the same tag; each encoding has its own (RFC 9110, 8.8.3.3).
 */
export function entityTag(mediaType: string, body: string | Uint8Array, encoding: string): string {
  const digest = createHash('sha256').update(`${mediaType}\n`).update(body).digest('base64url');
  return encoding === 'identity' ? `"${digest}"` : `"${digest}-${encoding}"`;
}

/** One entity tag of a list, weak or strong; the quoted part is what is compared. */
const TAG = /(?:W\/)?("[\x21\x23-\x7e\x80-\xff]*")/g;

/** Whether an `If-None-Match` names this tag, by the weak comparison that RFC 9110 (13.1.2) asks for. */
export function namesTag(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  if (header === tag || header.trim() === '*') return true;
  return [...header.matchAll(TAG)].some(([, quoted]) => quoted === tag);
}
