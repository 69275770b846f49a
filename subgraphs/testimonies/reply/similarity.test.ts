import fc from 'fast-check';
import { expect, test } from 'vitest';
import { similarity } from './similarity.ts';

test.each([
  ['the same words', 'Bonjour, merci de votre message.', 'bonjour merci de votre MESSAGE', '100.00'],
  [
    'accents, case and line breaks do not count',
    'Très cordialement,\n\nL’équipe',
    'tres cordialement l equipe',
    '100.00',
  ],
  ['nothing in common', 'Bonjour', 'Au revoir', '0.00'],
  // 5 words of 6 are kept: 83.333…
  [
    'one word replaced',
    'Nous avons ouvert un second guichet',
    'Nous avons ouvert un nouveau guichet',
    '83.33',
  ],
  // 4 of 6: 66.666…, rounded half up.
  ['two words put in', 'Merci de votre si gentil message', 'Merci de votre message', '66.67'],
  ['two words taken out', 'Merci de votre message', 'Merci de votre si gentil message', '66.67'],
  // 1 of 8 is 12.5, exactly.
  ['one word of eight', 'a b c d e f g h', 'z z z z z z z h', '12.50'],
  ['order counts', 'un deux', 'deux un', '0.00'],
  ['words of nothing but signs', '…', '!', '100.00'],
  ['against nothing', 'Merci', '?', '0.00'],
])('%s', (_case, reply, draft, expected) => {
  expect(similarity(reply, draft)).toBe(expected);
});

const text = fc
  .array(fc.constantFrom('un', 'deux', 'trois', 'été', 'ETE', '…'))
  .map((words) => words.join(' '));

test('is the same both ways, 100 for a text with itself, and never more than the shorter text allows', () => {
  const count = (value: string) => value.split(' ').filter((word) => /\p{L}/u.test(word)).length;
  fc.assert(
    fc.property(text, text, (left, right) => {
      expect(similarity(left, right)).toBe(similarity(right, left));
      expect(similarity(left, left)).toBe('100.00');
      const [shorter = 0, longer = 0] = [count(left), count(right)].sort((a, b) => a - b);
      if (longer > 0)
        expect(Number(similarity(left, right))).toBeLessThanOrEqual((100 * shorter) / longer + 0.005);
    }),
  );
});
