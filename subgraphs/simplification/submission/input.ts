import { cleanText } from '../../../kernel/text.ts';
import type { UserError } from '../../../kernel/write/refused.ts';
import type { Keyed } from '../../../kernel/write/writing.ts';
import type { DocumentKind, Problem } from '../tables.ts';

type Optional<T> = T | null | undefined;

/** What `reportDocument` receives. */
export interface ReportDocumentInput extends Keyed {
  network: string;
  structure?: Optional<string>;
  site?: Optional<string>;
  kind: DocumentKind;
  document?: Optional<string>;
  url?: Optional<string>;
  problems: readonly Problem[];
  comment?: Optional<string>;
  suggestion?: Optional<string>;
  files?: Optional<readonly string[]>;
}

/** The same, clean: texts without the blanks around them, null for none. */
export interface Submission {
  network: string;
  structure: string | null;
  site: string | null;
  kind: DocumentKind;
  document: string | null;
  url: string | null;
  problems: Problem[];
  comment: string | null;
  suggestion: string | null;
  files: string[];
}

/** Longest comment or suggestion, in characters: as in the file of reports. */
const LONGEST = 4000;
const LONGEST_URL = 2000;
const MOST_FILES = 5;

/** @throws HubError BAD_USER_INPUT for characters that are no text */
export function submissionOf(input: ReportDocumentInput): Submission {
  const said = (name: 'structure' | 'site' | 'document' | 'url' | 'comment' | 'suggestion') =>
    cleanText(input[name] ?? '', name).trim() || null;
  return {
    network: cleanText(input.network, 'network'),
    structure: said('structure'),
    site: said('site'),
    kind: input.kind,
    document: said('document'),
    url: said('url'),
    problems: [...new Set(input.problems)],
    comment: said('comment'),
    suggestion: said('suggestion'),
    files: (input.files ?? []).map((file) => cleanText(file, 'files')),
  };
}

/** What a person has to mend, as far as the input itself tells. */
export function mistakesOf(submission: Submission): UserError[] {
  const { kind, url, document, problems, comment, files } = submission;
  const texts = (['comment', 'suggestion'] as const).flatMap((name) =>
    (submission[name]?.length ?? 0) > LONGEST
      ? [mistake('TOO_LONG', `Expected ${LONGEST} characters at most.`, name)]
      : [],
  );
  return [
    ...texts,
    ...(url === null ? [] : urlMistakes(kind, url)),
    ...(kind === 'WEB_PAGE' && url === null && document === null
      ? [mistake('MISSING', 'Expected the address of the page.', 'url')]
      : []),
    ...(problems.length === 0 && comment === null
      ? [mistake('NOTHING_SAID', 'Expected at least one problem, or a comment.', 'problems')]
      : []),
    ...(files.length > MOST_FILES
      ? [mistake('TOO_MANY', `Expected ${MOST_FILES} files at most.`, 'files')]
      : []),
    ...files.flatMap((file, rank) =>
      files.indexOf(file) < rank
        ? [mistake('DUPLICATE', 'This file is there already.', 'files', String(rank))]
        : [],
    ),
  ];
}

function urlMistakes(kind: DocumentKind, url: string): UserError[] {
  if (kind !== 'WEB_PAGE') return [mistake('UNEXPECTED', 'Only a WEB_PAGE has an address.', 'url')];
  const { protocol, username, password } = new URL(url);
  const ofTheWeb = /^https?:$/.test(protocol) && username === '' && password === '';
  if (ofTheWeb && url.length <= LONGEST_URL) return [];
  return [
    mistake('BAD_URL', `Expected http(s)://… without a password, ${LONGEST_URL} characters at most.`, 'url'),
  ];
}

/** A mistake at a place of the input. */
export const mistake = (code: string, message: string, ...path: string[]): UserError => ({
  code,
  message,
  path: ['input', ...path],
});
