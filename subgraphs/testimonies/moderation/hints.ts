import { fold } from '../../../kernel/text.ts';
import { isFrenchSocialSecurityNumber, isIban } from './numbers.ts';

export const HINT_FIELDS = ['TITLE', 'BODY', 'PSEUDONYM'] as const;
export type HintField = (typeof HINT_FIELDS)[number];

export const HINT_CODES = [
  'EMAIL',
  'PHONE',
  'SOCIAL_SECURITY_NUMBER',
  'IBAN',
  'NUMBER_PLATE',
  'NAMED_PERSON',
  'INSULT',
  'SHOUTING',
] as const;
export type HintCode = (typeof HINT_CODES)[number];

/** A passage that a moderator may want to look at. A hint decides nothing. */
export interface Hint {
  code: HintCode;
  field: HintField;
  /** UTF-16 units from `start`, up to and without `end`: a passage of `maskTestimony`. */
  start: number;
  end: number;
  excerpt: string;
}

/** Most hints of one testimony: a moderator who sees so many needs no more. */
export const MOST_HINTS = 50;

interface Detector {
  code: HintCode;
  /** With bounded repetitions: a text is 30 000 characters long at most, and nothing here may take long. */
  pattern: RegExp;
  /** What the pattern finds and is none. */
  accept?: (found: string) => boolean;
}

/** Few and strong words, folded; everything milder is for a person to judge. */
const INSULTS = new Set(
  `abruti abrutie abrutis batard batards bouffon bouffons bouffonne conasse connard connards connasse
  connasses couillon cretin cretine cretins debile debiles encule enculee encules enfoire enfoires
  fdp pute putes putain salaud salauds salop salope salopes tocard tocards`.split(/\s+/),
);

const NAME = String.raw`\p{Lu}[\p{L}'’-]{1,40}`;

const DETECTORS: readonly Detector[] = [
  { code: 'EMAIL', pattern: /(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}/gu },
  {
    code: 'PHONE',
    pattern: /(?<![\d+])(?:(?:\+|00)33[ .-]?(?:\(0\)[ .-]?)?|0)[1-9](?:[ .\u00a0-]?\d{2}){4}(?!\d)/gu,
  },
  {
    code: 'SOCIAL_SECURITY_NUMBER',
    pattern:
      /(?<!\d)[12][ .]?\d{2}[ .]?\d{2}[ .]?(?:\d{2}|2[AB])[ .]?\d{3}[ .]?\d{3}(?:[ .]?\d{2})?(?!\d)/giu,
    accept: isFrenchSocialSecurityNumber,
  },
  { code: 'IBAN', pattern: /\b[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){3,7}(?: ?[A-Z\d]{1,3})?\b/giu, accept: isIban },
  { code: 'NUMBER_PLATE', pattern: /\b(?:[A-Z]{2}[ -]\d{3}[ -][A-Z]{2}|\d{2,4}[ -][A-Z]{2,3}[ -]\d{2})\b/gu },
  {
    code: 'NAMED_PERSON',
    pattern: new RegExp(
      String.raw`(?<!\p{L})(?:M\.|Mr\.?|Mme\.?|Mlle\.?|[Mm]onsieur|[Mm]adame|[Mm]ademoiselle|[Dd]octeur|Dr\.?) {1,3}${NAME}(?: ${NAME}){0,2}`,
      'gu',
    ),
    accept: (found) => !/\s(?:le|la|les|l['’])\b/iu.test(found) && !/\s(?:Monsieur|Madame)$/u.test(found),
  },
  { code: 'INSULT', pattern: /\p{L}{3,20}/gu, accept: (word) => INSULTS.has(fold(word)) },
  {
    // Three words in capitals one after the other; a sigle alone is none.
    code: 'SHOUTING',
    pattern: /(?<!\p{L})\p{Lu}{2,40}(?:[ ,'’!-]{1,3}\p{Lu}{2,40}){2,200}(?!\p{L})/gu,
    accept: (found) => found.replace(/\P{Lu}/gu, '').length >= 12,
  },
];

/** What these texts hold that the charter may refuse, in their order; always the same for the same texts. */
export function hintsOf(texts: Readonly<Record<HintField, string | null>>): Hint[] {
  const hints = HINT_FIELDS.flatMap((field) => {
    const text = texts[field] ?? '';
    return DETECTORS.flatMap(({ code, pattern, accept }) =>
      [...text.matchAll(pattern)]
        .filter(([found]) => accept?.(found) ?? true)
        .map(({ 0: excerpt, index }) => ({
          code,
          field,
          start: index,
          end: index + excerpt.length,
          excerpt,
        })),
    ).sort((a, b) => a.start - b.start || a.end - b.end);
  });
  return hints.slice(0, MOST_HINTS);
}
