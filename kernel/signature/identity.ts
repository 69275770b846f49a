import { z } from 'zod';
import { ANONYMOUS, VIEWER_ROLES, type Viewer } from '../viewer.ts';

/** Names and ids: bounded, and nothing that a database or a log would stumble on. */
const name = z
  .string()
  .min(1)
  .max(512)
  .regex(/^[^\p{C}]+$/u)
  .nullable();

const VIEWER = z.strictObject({
  role: z.enum(VIEWER_ROLES),
  subject: name,
  network: name,
  structure: name,
});

/** The viewer as a header holds it; the same viewer always gives the same text. */
export const encodeViewer = ({ role, subject, network, structure }: Viewer): string =>
  Buffer.from(JSON.stringify({ role, subject, network, structure })).toString('base64url');

const PUBLIC_TEXT = encodeViewer(ANONYMOUS);

/** The viewer of such a text; null when it is not exactly what `encodeViewer` gives. */
export function decodeViewer(text: string): Viewer | null {
  if (text === PUBLIC_TEXT) return ANONYMOUS;
  const parsed = VIEWER.safeParse(jsonOf(Buffer.from(text, 'base64url').toString('utf8')));
  return parsed.success && encodeViewer(parsed.data) === text ? parsed.data : null;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
