import type { AdministrationsContext } from '../context.ts';
import { type Optional, searchOf, textOf } from '../input.ts';
import { askPage, type PageArguments } from '../page.ts';
import type { ProcedureCriteria } from './procedure.ts';

export interface ProceduresArguments extends PageArguments {
  network?: Optional<string>;
  flagship?: Optional<boolean>;
  search?: Optional<string>;
}

/** A page of the procedures that match, of one network or of all. */
export async function proceduresPage(
  args: ProceduresArguments,
  { loaders: { procedure } }: AdministrationsContext,
) {
  const network = textOf(args.network, 'network');
  const criteria: ProcedureCriteria = { flagship: args.flagship ?? null, search: searchOf(args.search) };
  const { slice, toPage } = askPage(['procedures', network, criteria], args);
  if (network === null) {
    return toPage(await procedure.list(criteria, slice), () => procedure.count(criteria));
  }
  const rows = await procedure.ofNetworks({ criteria, slice }).load(network);
  return toPage(rows, async () => (await procedure.countOfNetworks(criteria).load(network))?.count ?? 0);
}
