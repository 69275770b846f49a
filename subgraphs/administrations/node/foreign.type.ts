import type { NodeType } from '../../../kernel/ids.ts';
import { builder } from '../builder.ts';
import { NodeInterface } from '../refs.ts';

/** An object that another subgraph owns: only its id is known here, as the key `ref`. */
export interface ForeignNode {
  id: string;
  ref: string;
}

/** Described in the words of their owners: composition keeps those of the first subgraph. */
const OWNED_ELSEWHERE = {
  Indicator: 'Something that is measured the same way everywhere: of the common core, or a network’s own.',
  Testimony: 'A published experience of a user with public services. Its author is never identified.',
  SimplificationReport:
    'A letter, e-mail, form or page reported as too complex, and how far its rewriting is.',
  AdministrativeDocument:
    'A letter, e-mail, form or page of the register of complex documents of an administration.',
  ActionPlan: 'What a service does to keep its commitments better.',
  SelfDiagnosis:
    'What a service found when it examined itself against the commitments, at least once a year.',
  Label:
    'The quality label, given on a voluntary basis for three years after an audit and surveys of users and of agents.',
  Impact: "« Vous nous l'avez demandé, on l'a fait »: what changed because users asked for it.",
  Conference:
    'A conference where a service shared its review of the year with users, agents, local partners and elected ' +
    'officials, who set its priorities.',
  Idea: 'What the agents of a service suggested, and what became of it. Of the service, not of a person.',
  MajorAction: 'A major action of the programme that is followed nationally.',
  GovernanceSession: 'A session of the steering committee or of one of its two commissions.',
  Decision: 'What those who steer the programme decided.',
  FrequentError: 'An error that users often make in a procedure, and the advice that avoids it.',
  GoodPractice: 'What works in one place, told so that others can reuse it.',
  PracticeReuse: 'Another network, structure or site that took up a good practice.',
  ListeningBody: 'A body in which users are heard: a committee, a panel…',
  TrainingCount: 'How many agents of a network, a structure or a site are trained to something.',
  EcoMeasure: 'What a site, a structure or a network does for the environment (commitment 8).',
} satisfies Partial<Record<NodeType, string>>;

export type ForeignType = keyof typeof OWNED_ELSEWHERE;

export const isForeign = (type: NodeType): type is ForeignType => Object.hasOwn(OWNED_ELSEWHERE, type);

/**
 * `node` lives here only. Its answer for a foreign type is a stub that the gateway resolves at the owner through
 * `ref`, which is the id under another name: were `id` the key, the gateway would take it as known and an id that
 * nobody has would come back as an object.
 */
for (const [name, description] of Object.entries(OWNED_ELSEWHERE)) {
  builder.objectRef<ForeignNode>(name).implement({
    description,
    interfaces: [NodeInterface],
    directives: { key: { fields: 'ref', resolvable: false } },

    fields: (t) => ({
      ref: t.exposeID('ref', { description: 'Its id, for the gateway.', directives: { inaccessible: {} } }),
      id: t.exposeID('id', {
        description: 'Readable id, unique across types.',
        directives: { external: {} },
      }),
    }),
  });
}
