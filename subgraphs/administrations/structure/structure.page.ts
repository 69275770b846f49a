import type { PublicationLevel } from '../../../kernel/ids.ts';
import type { AdministrationsContext } from '../context.ts';
import { type Optional, searchOf, textOf } from '../input.ts';
import type { Network } from '../network/network.ts';
import { askPage, type PageArguments } from '../page.ts';
import type { StructureCriteria, StructureOrder } from './structure.ts';

export interface StructuresArguments extends PageArguments {
  typology?: Optional<string>;
  level?: Optional<PublicationLevel>;
  parent?: Optional<string>;
  rootsOnly?: Optional<boolean>;
  within?: Optional<string>;
  search?: Optional<string>;
  includeClosed?: Optional<boolean>;
  orderBy?: Optional<StructureOrder>;
}

function criteriaOf(args: StructuresArguments): StructureCriteria {
  return {
    typology: textOf(args.typology, 'typology'),
    level: args.level ?? null,
    parent: textOf(args.parent, 'parent'),
    rootsOnly: args.rootsOnly ?? false,
    within: textOf(args.within, 'within'),
    search: searchOf(args.search),
    includeClosed: args.includeClosed ?? false,
    order: args.orderBy ?? 'NAME_ASC',
  };
}

/** A page of the structures of one network. */
export async function networkStructuresPage(
  { id }: Network,
  args: StructuresArguments,
  { loaders: { structure } }: AdministrationsContext,
) {
  const criteria = criteriaOf(args);
  const { slice, toPage } = askPage(['network structures', id, criteria], args);
  const rows = await structure.ofNetworks({ criteria, slice }).load(id);
  return toPage(rows, async () => (await structure.countOfNetworks(criteria).load(id))?.count ?? 0);
}

/** A page of the structures that match, of one network or of all. */
export async function structuresPage(
  args: StructuresArguments & { network?: Optional<string> },
  context: AdministrationsContext,
) {
  const network = textOf(args.network, 'network');
  const criteria = criteriaOf(args);
  const { structure } = context.loaders;
  const { slice, toPage } = askPage(['structures', network, criteria], args);
  if (network === null) {
    return toPage(await structure.list(criteria, slice), () => structure.count(criteria));
  }
  const rows = await structure.ofNetworks({ criteria, slice }).load(network);
  return toPage(rows, async () => (await structure.countOfNetworks(criteria).load(network))?.count ?? 0);
}
