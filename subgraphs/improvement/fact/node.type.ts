import { resolvable } from '../../../kernel/graphql/subgraph.ts';
import type { ImprovementContext } from '../context.ts';

/**
 * The options of a type that other subgraphs lead to and that `node` finds; it also has the field `ref`.
 * @param load reads what everybody may see of it
 */
export const foundByNode = <Row extends object>(
  load: (id: string, context: ImprovementContext) => Promise<Row | null>,
) => ({
  directives: [
    { name: 'key' as const, args: { fields: 'id' } },
    { name: 'key' as const, args: { fields: 'ref' } },
  ],
  extensions: resolvable<ImprovementContext>(({ id, ref }, context) => load(String(id ?? ref), context)),
});

/** Options of the field `ref`. */
export const REF = {
  directives: { inaccessible: {} },
  description: 'The same id, by which `node` finds it.',
} as const;
