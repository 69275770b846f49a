import { internalOnly } from '../../../kernel/graphql/access.ts';
import { builder } from '../builder.ts';

/** What every input of a mutation begins with. */
export const KEY_DESCRIPTION =
  'Names this request, 8 to 128 characters, such as a UUID: sent again, it is not done again.';

const decimal = (what: string) =>
  `${what} An exact decimal, as text: "78.5" or "78,5", up to 18 digits and 12 decimals. Never a float.`;

/** What makes the fields of an input type. */
export type InputFields = Parameters<Parameters<typeof builder.inputType>[1]['fields']>[0];

/** What and when a result is about: the same in every input that names one. */
export const subjectFields = (t: InputFields) => ({
  site: t.id({ description: 'The site that it is about: one of site, structure and territory.' }),
  structure: t.id({ description: 'The structure that it is about.' }),
  territory: t.id({
    description:
      'The territory that it is about, where the value is published for a whole département, région or FR.',
  }),
  period: t.string({ required: true, description: 'Period: 2023, 2023-S1, 2023-T3 or 2023-07.' }),
});

/** The value of a result and its parts. */
export const valueFields = (t: InputFields) => ({
  value: t.string({
    description: decimal(
      'The value; may be left out where its parts give it by the formula of the indicator.',
    ),
  }),
  numerator: t.string({ description: decimal('Cases counted, with the denominator.') }),
  denominator: t.string({ description: decimal('Cases out of which they are counted.') }),
  respondents: t.int({ description: 'Users who answered.' }),
  veryFavourable: t.int({ description: 'Answers « très »; the four answers go together.' }),
  favourable: t.int({ description: 'Answers « plutôt ».' }),
  unfavourable: t.int({ description: 'Answers « plutôt pas ».' }),
  veryUnfavourable: t.int({ description: 'Answers « pas du tout ».' }),
});

export const ResultInput = builder.inputType('ResultInput', {
  ...internalOnly,
  description: 'A result as a row of the template of headquarters, judged by the same rules.',
  fields: (t) => ({
    indicator: t.string({
      required: true,
      description: 'Id or code of the indicator: one of the common core, or of this network.',
    }),
    ...subjectFields(t),
    ...valueFields(t),
  }),
});
