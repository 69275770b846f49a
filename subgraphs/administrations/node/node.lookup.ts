import { badInput } from '../../../kernel/errors.ts';
import { typeOfId } from '../../../kernel/ids.ts';
import type { AdministrationsContext } from '../context.ts';
import { type ForeignNode, isForeign } from './foreign.type.ts';

/** An object of this subgraph, or the stub of one that another owns. */
export type AnyNode = { id: string } | ForeignNode;

/** Ids in one `nodes` call. */
const MOST_IDS = 100;

/** What an id names, whatever subgraph owns it; null when it is malformed, or unknown here. */
export async function findNode(id: string, { loaders }: AdministrationsContext): Promise<AnyNode | null> {
  const type = typeOfId(id);
  if (type === null) return null;
  if (isForeign(type)) return { id, ref: id };
  const loader = {
    Territory: loaders.territory.byId,
    Network: loaders.network.byId,
    Structure: loaders.structure.byId,
    Site: loaders.site.byId,
    Commitment: loaders.commitment.byId,
    Procedure: loaders.procedure.byId,
  }[type];
  return loader.load(id);
}

/** The same for several ids, in their order. */
export function findNodes(ids: readonly string[], context: AdministrationsContext) {
  if (ids.length > MOST_IDS) throw badInput(`"ids" may hold ${MOST_IDS} ids at most.`);
  return ids.map((id) => findNode(id, context));
}
