import { builder } from '../builder.ts';
import { CRITERIA, type Criterion, type Scored } from './criteria.ts';
import type { ExpertRole } from './tables.ts';

export const CriterionEnum = builder.enumType('PlainLanguageCriterion', {
  description: 'The four criteria of plain language (« langage clair », commitment 5 of the programme).',
  values: Object.fromEntries(
    Object.entries(CRITERIA).map(([name, description]) => [name, { description }]),
  ) as Record<Criterion, { description: string }>,
});

export const PlainLanguageScore = builder.objectRef<Scored>('PlainLanguageScore').implement({
  description:
    'How a text meets one criterion, before and after: 0 not at all, 1 hardly, 2 mostly, 3 wholly.',
  fields: (t) => ({
    criterion: t.expose('criterion', { type: CriterionEnum, description: 'The criterion.' }),
    before: t.exposeInt('before', { description: 'Score of the text before, 0 to 3.' }),
    after: t.exposeInt('after', { description: 'Score of the text after, 0 to 3.' }),
  }),
});

const EXPERTS: Record<ExpertRole, { description: string }> = {
  LEGAL: { description: 'Experts of the law that applies.' },
  BUSINESS_RULES: { description: 'Experts of the rules of the service.' },
  PLAIN_LANGUAGE: { description: 'Experts of plain language or of easy-to-read (FALC).' },
  DESIGN: { description: 'Designers, of layout or of services.' },
  FRONT_DESK: { description: 'Agents who are in contact with users.' },
  USER_ASSOCIATION: { description: 'Associations of users.' },
  ACCESSIBILITY: { description: 'Experts of accessibility.' },
  OTHER: { description: 'Others.' },
};

export const ExpertEnum = builder.enumType('RewriteExpert', {
  description: 'Who was consulted on a new text: roles, never names.',
  values: EXPERTS,
});
