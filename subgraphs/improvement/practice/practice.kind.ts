import { commitments, day, formed, words } from '../register/field.ts';
import { register } from '../register/kind.ts';

/** No address, no telephone number, no « Mme »: a role outlives the person who has it. */
const ROLE =
  /(?!.*@)(?!.*(?:\d[ .]?){6})(?!(?:.*\s)?(?:M\.|MM\.|Mme|Mlle|Monsieur|Madame|Mademoiselle)(?:\s|$)).{2,120}/i;

const FIELDS = {
  title: words({ graph: 'title', header: 'titre', required: true, max: 300, description: 'Its title.' }),
  description: words({
    graph: 'description',
    header: 'description',
    required: true,
    max: 4000,
    description: 'What is done.',
  }),
  conditions: words({
    graph: 'conditions',
    header: 'conditions',
    max: 2000,
    description: 'What it takes to do the same elsewhere.',
  }),
  results: words({
    graph: 'results',
    header: 'resultats',
    max: 2000,
    description: 'Results that were measured.',
  }),
  commitment_ids: commitments({
    graph: 'commitments',
    header: 'engagements',
    description: 'The commitments that it serves.',
  }),
  contact_role: formed({
    graph: 'contactRole',
    header: 'contact',
    pattern: ROLE,
    expected: 'a role such as « référent qualité de la caisse », and no person, number or address',
    description: 'Whom to ask: a role, never a person.',
  }),
  since: day({ graph: 'since', header: 'depuis', past: true, description: 'First day.' }),
} as const;

/** Commitment 7: what works in one place, told so that others can reuse it. */
export const GOOD_PRACTICES = register(FIELDS, {
  type: 'GoodPractice',
  names: { one: 'goodPractice', many: 'goodPractices' },
  noun: 'good practice',
  description: 'What works in one place, told so that others can reuse it.',
  prefix: 'PRACTICE',
  table: 'good_practice',
  feed: { name: 'good-practices', description: 'Good practices that others can reuse: template (CSV)' },
  day: 'since',
  searched: true,
});
