import { IRREGULAR, LETTER_NAMES, SILENT_MENT, SPOKEN_ENT } from './spelling.ts';

/**
 * Syllables of a French word without apostrophe or hyphen, as in careful speech. A mute e counts inside a word
 * (« ra-pi-de-ment », 4), not at its end (« page », 1) nor after a vowel (« paie-ment », 2). Vowels that follow one
 * another glide (« na-tion », 2), except after a consonant with l or r (« ou-vri-er », 3) and where an accent keeps
 * them apart (« ré-u-nion », 3). What has no vowel, or is an acronym, is spelled out (« RSA », 3).
 *
 * Spelling does not say everything: `syllables.test.ts` measures the error on words counted by hand.
 */
export function syllablesOf(word: string): number {
  if (isSpelledOut(word)) return lettersOf(word);
  const lower = word.normalize('NFC').toLowerCase();
  const known = IRREGULAR.get(lower);
  return known ?? Math.max(nucleiOf(toSounds(lower)), 1);
}

const VOWEL = '[aeiouyàâäéèêëîïôöùûüœæ]';
const Y_BETWEEN_VOWELS = new RegExp(`(?<=^|${VOWEL})y(?=${VOWEL})`, 'g');

/** RSA, CPAM, but neither CAF nor PUMA, which are read like words. */
function isSpelledOut(word: string): boolean {
  if (!/^\p{Lu}{2,6}$/u.test(word)) return false;
  return !/^[^AEIOUY]?(?:[AEIOUY][^AEIOUY])*[AEIOUY]?$/.test(word) || !/[AEIOUY]/.test(word);
}

const lettersOf = (word: string) =>
  Array.from(word.toLowerCase()).reduce((sum, letter) => sum + (LETTER_NAMES[letter] ?? 1), 0);

/** The word with silent letters gone, and letters that sound like consonants written as some. */
function toSounds(word: string): string {
  return (
    withoutMuteEnd(word)
      .replace(/qu/g, 'k')
      .replace(/gu(?=[eiyéèêîï])/g, 'g')
      .replace(/gu$/, word.endsWith('gu') ? 'gu' : 'g')
      .replace(/ge(?=[aoâôà])/g, 'j')
      // « paiement », « remerciera », « gaieté ».
      .replace(/(?<=[aiouyé])e(?=ment|r[aio]|re[rz]|té)/g, '')
      .replace(Y_BETWEEN_VOWELS, 'j')
      .replace(/y/g, 'i')
      // « accueil », « fouiller », « œil »: the i is heard with the l.
      .replace(/(?:ue|œ|eu|ou)il/g, 'al')
  );
}

/** Without the e, es or ent that nobody speaks. */
function withoutMuteEnd(word: string): string {
  if (word.length <= 3 && word !== 'une') return word;
  if (word.endsWith('ent')) return isSilentEnt(word) ? word.slice(0, -3) : word;
  return word.replace(/es?$/, '');
}

function isSilentEnt(word: string): boolean {
  if (word.endsWith('ment')) return SILENT_MENT.has(word);
  return word.length > 4 && !/[vt]ient$/.test(word) && !SPOKEN_ENT.has(word);
}

/** Letters that sound as one vowel, longest first. */
const NUCLEUS = /eau|oeu|œu|a[iîu]|e[iîuûea]|o[uùûiîê]|[aeiouàâäéèêëîïôöùûüœæ]/g;

/** A consonant and l or r, after which vowels do not glide. */
const CLUSTER = /[bcdfgkptv][lr]$/;

function nucleiOf(sounds: string): number {
  let count = 0;
  let end = -1;
  /** Whether the vowel before may glide into the next. */
  let glides = false;
  for (const { 0: vowel, index } of sounds.matchAll(NUCLEUS)) {
    if (index === end && glides) {
      glides = false;
    } else {
      count += 1;
      const apart =
        CLUSTER.test(sounds.slice(Math.max(index - 2, 0), index)) && !sounds.startsWith('ui', index);
      glides = !apart && /^(?:i|ï|u|ou)$/.test(vowel);
    }
    end = index + vowel.length;
  }
  return count;
}
