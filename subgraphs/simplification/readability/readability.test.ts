import { describe, expect, test } from 'vitest';
import { countsOf, figuresOf, LONGEST_TEXT, readabilityOf } from './readability.ts';
import { sentencesOf } from './sentences.ts';
import { isLong, syllablesIn, wordsOf } from './words.ts';

describe('sentences', () => {
  test.each<[string, number]>([
    ['', 0],
    ['… !', 0],
    ['Bonjour', 1],
    ['Vous avez droit à une aide. Elle est versée le 5.', 2],
    ['Est-ce urgent ? Oui ! Appelez-nous…', 3],
    ['« Payez avant le 3. » Voilà ce que dit la lettre.', 2],
    ['Selon l’art. R. 512-1 du code, M. Martin et Mme J. Durand paient 12.50 € au 1.2.2024.', 1],
    ['Voir www.caf.fr ou ecrire@caf.fr pour le n° 12. Merci.', 2],
    ['Le montant est de 1.500,25 euros, cf. Annexe.', 1],
    ['Joignez :\n- une facture ;\n- un relevé ;\n- la carte.', 4],
    ['1. Signez.\n2. Envoyez.\na) par courrier', 3],
    ['Objet : votre demande\n\nMadame,\nNous avons lu votre\nlettre avec soin.', 3],
    ['Première ligne.\r\nDeuxième ligne.', 2],
  ])('%j: %i', (text, count) => {
    expect(sentencesOf(text)).toHaveLength(count);
  });

  test('marks of a list are no words', () => {
    expect(sentencesOf('1. Signez.\n- Envoyez.').map(wordsOf)).toEqual([['Signez'], ['Envoyez']]);
  });
});

describe('words', () => {
  test('stand between blanks', () => {
    expect(wordsOf('L’aide de 1 234,50 € (le rendez-vous, a-t-il lieu ?) – « oui ».')).toEqual([
      'L’aide',
      'de',
      '1234,50',
      'le',
      'rendez-vous',
      'a-t-il',
      'lieu',
      'oui',
    ]);
  });

  test.each([
    ['l’aide', 1],
    ["qu'il", 1],
    ["jusqu'au", 2],
    ["aujourd'hui", 3],
    ['a-t-il', 2],
    ['rendez-vous', 3],
    ['trop-perçu', 3],
    ['est-ce', 2],
    ['2024', 1],
    ['12,5', 1],
    ['www.caf.fr', 1],
    ['à', 1],
    ['y', 1],
    ['n', 1],
    ['d’allocation', 4],
  ])('%s has %i syllables', (word, count) => {
    expect(syllablesIn(word)).toBe(count);
  });

  test.each([
    ['adresse', true],
    ['retour', false],
    ['l’adresse', true],
    ['l’année', false],
    ['rendez-vous', false],
    ['1234567', false],
    ['chef-lieu', false],
  ])('%s is long: %s', (word, long) => {
    expect(isLong(word)).toBe(long);
  });
});

describe('figures', () => {
  test('are those of the formulas', () => {
    // 207 − 1.015 · 10 / 2 − 73.6 · 15 / 10 = 91.525; 10 / 2 + 100 · 3 / 10 = 35.
    expect(figuresOf({ sentences: 2, words: 10, syllables: 15, longWords: 3 })).toEqual({
      sentences: 2,
      words: 10,
      syllables: 15,
      longWords: 3,
      score: '91.53',
      lix: '35',
      wordsPerSentence: '5',
      syllablesPerWord: '1.5',
      longWordsPercent: '30',
    });
  });

  test('are rounded once, from exact fractions', () => {
    expect(figuresOf({ sentences: 3, words: 7, syllables: 11, longWords: 2 })).toMatchObject({
      score: '88.97',
      lix: '30.9',
      wordsPerSentence: '2.33',
      syllablesPerWord: '1.57',
      longWordsPercent: '28.57',
    });
    // Half of a hundredth, which binary numbers take for less: 1.005 → 1.01.
    expect(figuresOf({ sentences: 200, words: 201, syllables: 201, longWords: 0 })).toMatchObject({
      wordsPerSentence: '1.01',
    });
  });

  test('of a text without words there are none', () => {
    expect(readabilityOf('— … —')).toEqual({
      sentences: 0,
      words: 0,
      syllables: 0,
      longWords: 0,
      score: null,
      lix: null,
      wordsPerSentence: null,
      syllablesPerWord: null,
      longWordsPercent: null,
    });
  });

  test('of a letter, counted by hand', () => {
    const text =
      'Madame,\n\nVous avez reçu une aide en trop. Vous devez rendre 120 euros avant le 5 mai.\n' +
      "Si vous n'êtes pas d'accord, écrivez-nous.";
    // 1 + 7 + 9 + 6 words; 2 + (1+2+2+1+1+1+1) + (1+2+1+1+2+2+1+1+1) + (1+1+1+1+2+4) syllables.
    expect(countsOf(text)).toEqual({ sentences: 4, words: 23, syllables: 33, longWords: 1 });
  });

  test.each([
    ['after a long word', `${'a'.repeat(10_000)} ${'A. '.repeat(3333)}`],
    ['alone', 'A. '.repeat(6666)],
  ])('of many initials %s is soon read', (_where, text) => {
    const begun = performance.now();
    expect(readabilityOf(text).sentences).toBe(1);
    // Minutes when each full stop looks back over the whole text.
    expect(performance.now() - begun).toBeLessThan(500);
  });

  test('what is too long is refused', () => {
    expect(() => readabilityOf('a'.repeat(LONGEST_TEXT + 1))).toThrow(/20000 characters/);
    expect(readabilityOf('a '.repeat(LONGEST_TEXT / 2)).words).toBe(LONGEST_TEXT / 2);
  });

  test.each(['.', '-', ' ', 'a', 'e', 'A', '1', "'", '\n', '. ', '. »', 'a-', "l'", '1 ', '\n- '])(
    'nothing but %j is measured, too',
    (piece) => {
      const text = `a${piece.repeat(LONGEST_TEXT)}`.slice(0, LONGEST_TEXT - 1);
      expect(readabilityOf(`${text}b`).words).toBeGreaterThan(0);
    },
  );

  test('of simpler words are better', () => {
    const before = readabilityOf(
      'Nonobstant les dispositions réglementaires susvisées, l’irrecevabilité de votre réclamation vous est notifiée ' +
        'consécutivement à l’absence de production des pièces justificatives afférentes à votre situation.',
    );
    const after = readabilityOf(
      'Nous refusons votre demande. Il manque des papiers. Envoyez-les avant le 3 mai.',
    );
    expect(Number(after.score)).toBeGreaterThan(Number(before.score) + 50);
    expect(Number(after.lix)).toBeLessThan(Number(before.lix));
  });
});
