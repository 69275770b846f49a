import type { NodeType } from '../../../kernel/ids.ts';
import { builder } from '../builder.ts';
import { NodeInterface } from '../refs.ts';

/** An object that another subgraph owns: only its id is known here, as the key `ref`. */
export interface ForeignNode {
  id: string;
  ref: string;
}

const OWNED_ELSEWHERE = {
  Indicator: 'A definition of what is measured; the indicators subgraph owns it.',
  Testimony: 'What a user tells of an experience; the testimonies subgraph owns it.',
  SimplificationReport: 'A report of a document that is too complex; the simplification subgraph owns it.',
  AdministrativeDocument: 'A letter, form or page sent to users; the simplification subgraph owns it.',
  ActionPlan: 'A plan of improvement; the improvement subgraph owns it.',
  SelfDiagnosis: 'A yearly self-diagnosis of a service; the improvement subgraph owns it.',
  Label: 'A quality label; the improvement subgraph owns it.',
  Impact: 'What changed thanks to users; the improvement subgraph owns it.',
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
