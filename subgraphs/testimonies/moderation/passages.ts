import { refuse } from '../../../kernel/write/refused.ts';

export const MASKED_FIELDS = ['TITLE', 'BODY'] as const;
export type MaskedField = (typeof MASKED_FIELDS)[number];

/** A passage of a text: UTF-16 units from `start`, up to and without `end`, as JavaScript and Java count. */
export interface Passage<Field = MaskedField> {
  field: Field;
  start: number;
  end: number;
}

/** Whether it is of the title or the text, where a part can be taken away. */
export const isOfText = (passage: Passage<string>): passage is Passage =>
  MASKED_FIELDS.some((field) => field === passage.field);

/** What stands for what was taken away. */
export const MASK = '[…]';

/** Most passages of one mask. */
export const MOST_PASSAGES = 50;

/**
 * Texts without these passages, each replaced by « […] »; passages that touch or overlap become one.
 * @throws Refused for none, too many, or one that is not in its text
 */
export function masked(
  texts: Readonly<Record<MaskedField, string>>,
  passages: readonly Passage<string>[],
): Record<MaskedField, string> {
  if (passages.length > MOST_PASSAGES) {
    refuse([
      { code: 'TOO_MANY', message: `${MOST_PASSAGES} passages at most.`, path: ['input', 'passages'] },
    ]);
  }
  refuse(
    passages.flatMap((passage, index) =>
      !isOfText(passage) || isIn(texts[passage.field], passage)
        ? []
        : [
            {
              code: 'OUT_OF_RANGE',
              message: 'Expected a passage of this text: 0 ≤ start < end ≤ its length.',
              path: ['input', 'passages', String(index)],
            },
          ],
    ),
  );
  const without = (field: MaskedField) =>
    cut(
      texts[field],
      passages.filter((one) => one.field === field),
    );
  return { TITLE: without('TITLE'), BODY: without('BODY') };
}

const isIn = (text: string, { start, end }: Passage) => 0 <= start && start < end && end <= text.length;

function cut(text: string, passages: readonly Passage<string>[]): string {
  let kept = '';
  let at = 0;
  for (const { start, end } of passages.toSorted((a, b) => a.start - b.start)) {
    if (start > at || kept === '') kept += text.slice(at, start) + MASK;
    at = Math.max(at, end);
  }
  // A pair of surrogates that a passage cut in two is no text any more.
  return (kept + text.slice(at)).replace(/\p{Cs}/gu, '');
}
