import { internalOnly } from '../../../kernel/graphql/access.ts';
import { builder } from '../builder.ts';

/** What every input of a mutation begins with. */
export const KEY_DESCRIPTION =
  'Names this request, 8 to 128 characters, such as a UUID: sent again, it is not done again.';

const decimal = (what: string) =>
  `${what} An exact decimal, as text: "78.5" or "78,5", up to 18 digits and 12 decimals. Never a float.`;

/** What the fields of a result mean, in every input that has them. */
export const DESCRIPTIONS = {
  indicator: 'Id or code of the indicator: one of the common core, or of this network.',
  site: 'The site that it is about: one of site, structure and territory.',
  structure: 'The structure that it is about.',
  territory:
    'The territory that it is about, where the value is published for a whole département, région or FR.',
  period: 'Period: 2023, 2023-S1, 2023-T3 or 2023-07.',
  value: decimal('The value; may be left out where its parts give it by the formula of the indicator.'),
  numerator: decimal('Cases counted, with the denominator.'),
  denominator: decimal('Cases out of which they are counted.'),
  respondents: 'Users who answered.',
  veryFavourable: 'Answers « très »; the four answers go together.',
  favourable: 'Answers « plutôt ».',
  unfavourable: 'Answers « plutôt pas ».',
  veryUnfavourable: 'Answers « pas du tout ».',
} as const;

export const ResultInput = builder.inputType('ResultInput', {
  ...internalOnly,
  description: 'A result as a row of the template of headquarters, judged by the same rules.',
  fields: (t) => ({
    indicator: t.string({ required: true, description: DESCRIPTIONS.indicator }),
    site: t.id({ description: DESCRIPTIONS.site }),
    structure: t.id({ description: DESCRIPTIONS.structure }),
    territory: t.id({ description: DESCRIPTIONS.territory }),
    period: t.string({ required: true, description: DESCRIPTIONS.period }),
    value: t.string({ description: DESCRIPTIONS.value }),
    numerator: t.string({ description: DESCRIPTIONS.numerator }),
    denominator: t.string({ description: DESCRIPTIONS.denominator }),
    respondents: t.int({ description: DESCRIPTIONS.respondents }),
    veryFavourable: t.int({ description: DESCRIPTIONS.veryFavourable }),
    favourable: t.int({ description: DESCRIPTIONS.favourable }),
    unfavourable: t.int({ description: DESCRIPTIONS.unfavourable }),
    veryUnfavourable: t.int({ description: DESCRIPTIONS.veryUnfavourable }),
  }),
});
