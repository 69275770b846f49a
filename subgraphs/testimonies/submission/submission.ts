import type { UserError } from '../../../kernel/write/refused.ts';
import type { Keyed } from '../../../kernel/write/writing.ts';
import type { Feeling, PostedAs } from '../tables.ts';
import { CHANNEL_LABELS, channelLabel } from './channels.ts';

/** Somewhere that a new testimony is about, as it was sent. */
export interface SubmittedConcern {
  structure?: string | null | undefined;
  site?: string | null | undefined;
  channels?: readonly string[] | null | undefined;
}

/** A new testimony, as it was sent. */
export interface Submission extends Keyed {
  title: string;
  body: string;
  feeling: Feeling;
  postedAs?: PostedAs | null | undefined;
  pseudonym?: string | null | undefined;
  userTerritory?: string | null | undefined;
  procedures?: readonly string[] | null | undefined;
  concerns: readonly SubmittedConcern[];
  /** Name of the wording that the author agreed to. */
  consent: string;
  writtenOn?: string | null | undefined;
}

/** The texts of a new testimony, trimmed, each fit to be kept when no mistake is told of it. */
export interface Texts {
  title: string;
  body: string;
  pseudonym: string | null;
  procedures: string[];
  /** Of each structure concerned, in the platform's labels. */
  channels: string[][];
  writtenOn: string;
}

export const LONGEST = { title: 200, body: 10_000, pseudonym: 60, procedure: 200 } as const;
export const MOST = { procedures: 5, concerns: 3, channels: 5 } as const;

/** How long the receipt of a testimony may be used, in hours. */
export const RECEIPT_HOURS = 24;

/** Before the first platform of the programme (Vox Usagers, 2018) nobody wrote anything; some room is left. */
const FIRST_DAY = '2010-01-01';

/** Name of a wording, as contacts have it too: nothing personal is written here by mistake. */
const CONSENT = /^[a-z0-9][a-z0-9.-]{0,63}$/;

/**
 * What can be said of a submission without looking anything up: its texts, and every mistake with its path.
 * @param today ISO date
 */
export function textsOf(input: Submission, today: string): { texts: Texts; mistakes: UserError[] } {
  const mistakes: UserError[] = [];
  const wrong = (code: string, message: string, ...path: string[]) =>
    mistakes.push({ code, message, path: ['input', ...path] });
  const text = (value: string, longest: number, ...path: string[]) => {
    const said = value.trim();
    if (said === '') wrong('REQUIRED', 'Expected a text.', ...path);
    else if (said.length > longest) wrong('TOO_LONG', `Expected ${longest} characters at most.`, ...path);
    return said;
  };
  const atMost = (list: readonly unknown[], most: number, ...path: string[]) => {
    if (list.length > most) wrong('TOO_MANY', `Expected ${most} at most.`, ...path);
  };
  const { pseudonym, procedures = [], concerns, writtenOn, consent } = input;
  const texts: Texts = {
    title: text(input.title, LONGEST.title, 'title'),
    body: text(input.body, LONGEST.body, 'body'),
    pseudonym: pseudonym?.trim() ? text(pseudonym, LONGEST.pseudonym, 'pseudonym') : null,
    procedures: [
      ...new Set(
        (procedures ?? []).map((label, index) => text(label, LONGEST.procedure, 'procedures', String(index))),
      ),
    ],
    channels: concerns.map(({ channels }, index) => {
      atMost(channels ?? [], MOST.channels, 'concerns', String(index), 'channels');
      const labels = (channels ?? []).map((said, rank) => {
        const label = channelLabel(said);
        if (label === undefined) {
          const expected = `Expected one of: ${CHANNEL_LABELS.join(', ')}.`;
          wrong('UNKNOWN_CHANNEL', expected, 'concerns', String(index), 'channels', String(rank));
        }
        return label ?? '';
      });
      return [...new Set(labels)];
    }),
    writtenOn: writtenOn ?? today,
  };
  atMost(procedures ?? [], MOST.procedures, 'procedures');
  if (concerns.length === 0) wrong('REQUIRED', 'Expected one to three structures or sites.', 'concerns');
  atMost(concerns, MOST.concerns, 'concerns');
  if (texts.writtenOn > today || texts.writtenOn < FIRST_DAY) {
    wrong('OUT_OF_RANGE', `Expected a day between ${FIRST_DAY} and today.`, 'writtenOn');
  }
  if (!CONSENT.test(consent)) {
    wrong('REQUIRED', 'Expected the name of the wording that the author agreed to.', 'consent');
  }
  return { texts, mistakes };
}
