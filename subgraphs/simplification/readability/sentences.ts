/**
 * Sentences of a French text. One ends at « . », « ! », « ? » or « … » when the next begins like one, at a blank line,
 * and where a line begins with a capital, a figure or the mark of a list: a title, a line of an address and an item of
 * a list count as sentences, as for a reader. Not after an abbreviation (« art. 3 », « M. Martin »), nor within
 * decimals, dates and addresses of the web.
 */
export function sentencesOf(text: string): string[] {
  return (
    text
      .replace(/\r\n?/g, '\n')
      // One blank is as good as many, and many would take the patterns below long to read.
      .replace(/[ \t\u00a0\u202f]+/g, ' ')
      .split(BLOCK)
      .flatMap(inBlock)
      .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence))
  );
}

/** A line that begins anew; what only continues the line before does not. */
const BLOCK = /\n ?(?:\n|(?=\p{Lu}|\d|[a-z]\)|[-–—•*▪‣◦·□☐✓«"]))/u;

/** Marks of items, which are no words: « - », « 1. », « a) ». */
const MARK = /^ ?(?:[-–—•*▪‣◦·□☐✓]|\d{1,2}[.)]|[a-z]\)) /u;

const ABBREVIATIONS = new Set(
  (
    'adr al alin appt art av bat bd bld boul cciv cf ch chap coll csp dép dépt dr env ex fig inc inf jr m max me mgr mlle ' +
    'mlles mm mme mmes mr mt n nb obs p ph pp pr prof ref réf resp rép sect st ste suiv sup sv tél tel tit trim'
  ).split(' '),
);

/** Characters before a full stop that are looked at: more than any abbreviation has. */
const LONGEST_ABBREVIATION = 20;

/** Marks that may end a sentence, with closing quotes, before a blank and what begins another. */
const END = /(?<![.!?…])[.!?…]+(?: ?»|["”’')\]])*(?=\s[«"“('’\-–—•[]* ?[\p{Lu}\d])/gu;

function inBlock(marked: string): string[] {
  const block = marked.replace(MARK, '');
  const sentences: string[] = [];
  let start = 0;
  for (const { 0: mark, index } of block.matchAll(END)) {
    // No abbreviation is nearly so long: looking further back would take a hostile text minutes.
    const before = block.slice(Math.max(start, index - LONGEST_ABBREVIATION), index);
    if (mark === '.' && endsAbbreviated(before)) continue;
    sentences.push(block.slice(start, index + mark.length));
    start = index + mark.length;
  }
  return [...sentences, block.slice(start)];
}

/** Whether a full stop after this belongs to an abbreviation or an initial: « cf. », « J. », « L. 821-1 ». */
function endsAbbreviated(text: string): boolean {
  const last = /[^\s\u00a0\u202f('’«"]+$/u.exec(text)?.[0] ?? '';
  return /^\p{Lu}$/u.test(last) || ABBREVIATIONS.has(last.toLowerCase());
}
