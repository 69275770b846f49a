import { expect, test } from 'vitest';
import { type HintCode, hintsOf, MOST_HINTS } from './hints.ts';

const found = (body: string) => hintsOf({ TITLE: '', BODY: body, PSEUDONYM: null });
const codes = (body: string) => found(body).map(({ code, excerpt }) => `${code} ${excerpt}`);

test.each<[HintCode, string, string]>([
  ['EMAIL', 'Écrivez-moi : zoe.quibble+caf@exemple.co.fr merci', 'zoe.quibble+caf@exemple.co.fr'],
  ['PHONE', 'au 06 98 76 54 32 le soir', '06 98 76 54 32'],
  ['PHONE', 'au 0698765432.', '0698765432'],
  ['PHONE', 'au +33 (0)6.98.76.54.32', '+33 (0)6.98.76.54.32'],
  ['PHONE', 'au 0033698765432', '0033698765432'],
  ['SOCIAL_SECURITY_NUMBER', 'mon numéro 2 69 05 49 588 157 80 est', '2 69 05 49 588 157 80'],
  ['SOCIAL_SECURITY_NUMBER', 'né en Corse 1 85 02 2A 004 123 oui', '1 85 02 2A 004 123'],
  ['IBAN', 'mon compte FR76 3000 6000 0112 3456 7890 189.', 'FR76 3000 6000 0112 3456 7890 189'],
  ['NUMBER_PLATE', 'la voiture AB-123-CD garée', 'AB-123-CD'],
  ['NUMBER_PLATE', 'la voiture 1234 AB 62 garée', '1234 AB 62'],
  ['NAMED_PERSON', 'grâce à Mme Dupont-Martin !', 'Mme Dupont-Martin'],
  ['NAMED_PERSON', "L'accueil de monsieur Jean Petit a été", 'monsieur Jean Petit'],
  ['INSULT', 'quelle bande de CONNARDS là-bas', 'CONNARDS'],
  ['INSULT', 'un enculé', 'enculé'],
  ['SHOUTING', 'alors JE NE SUIS PAS CONTENTE du tout', 'JE NE SUIS PAS CONTENTE'],
])('%s in « %s »', (code, body, excerpt) => {
  expect(codes(body)).toEqual([`${code} ${excerpt}`]);
  const [hint] = found(body);
  expect(body.slice(hint?.start, hint?.end)).toBe(excerpt);
});

test.each([
  'J’ai attendu 3 heures au guichet 12 le 12/03/2024, dossier 0012345678901234.',
  'Madame, Monsieur, je vous remercie. M. le directeur a bien agi.',
  'La CAF, la CPAM et la MSA de LA ROCHELLE.',
  'Le code 2 69 05 49 588 157 81 n’a pas la bonne clé, ni le compte FR76 3000 6000 0112 3456 7890 188.',
  'Ma réclamation du 01.02.2024 : 1 500,00 € de trop-perçu, réf. AB123CD.',
  'Les ordures ménagères, une réputation, un salaire dérisoire.',
])('nothing in « %s »', (body) => {
  expect(codes(body)).toEqual([]);
});

test('hints come field by field, in the order of the text, and are bounded', () => {
  const hints = hintsOf({
    TITLE: 'a@b.fr',
    BODY: `Mme Petit au 0698765432 puis a@b.fr`,
    PSEUDONYM: 'c@d.fr',
  });
  expect(hints.map(({ field, code }) => `${field} ${code}`)).toEqual([
    'TITLE EMAIL',
    'BODY NAMED_PERSON',
    'BODY PHONE',
    'BODY EMAIL',
    'PSEUDONYM EMAIL',
  ]);
  expect(found('connard '.repeat(200))).toHaveLength(MOST_HINTS);
});

test('no text keeps the detectors busy: their work rises with its length, not faster', () => {
  const awkward = ['a', '0', 'A ', 'A-', '06 ', '@', 'FR76 ', 'Mme ', "M. A'", 'a.', '1 23 '];
  for (const piece of awkward) {
    // Quadratic work on these would end the test by its time.
    expect(found(piece.repeat(300_000 / piece.length)).length).toBeLessThanOrEqual(MOST_HINTS);
  }
});
