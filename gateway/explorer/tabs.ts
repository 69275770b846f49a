import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One tab of the explorer, as GraphiQL takes it. */
export interface Tab {
  query: string;
  /** JSON text. */
  variables: string;
}

const NOTHING: Tab = { query: '# No example operations were found.\n{\n  __typename\n}\n', variables: '' };

/** Consumers as the first line of an operation names them; who looks for the first time meets them in this order. */
const CONSUMERS = ['# Partner portal', '# Headquarters', '# Analyst'];

const rank = ({ query }: Tab) => {
  const found = CONSUMERS.findIndex((consumer) => query.startsWith(consumer));
  return found === -1 ? CONSUMERS.length : found;
};

/** Of these, the one that says at once what the hub is for. */
const FIRST = 'ServicesNearMe.graphql';

const firstThenByName = (a: string, b: string) =>
  Number(b === FIRST) - Number(a === FIRST) || (a < b ? -1 : 1);

/** The operations of a folder, each with the variables beside it; one empty tab when there are none. */
export async function readTabs(folder: string): Promise<Tab[]> {
  const names = await readdir(folder).catch((): string[] => []);
  const operations = names.filter((name) => name.endsWith('.graphql')).sort(firstThenByName);
  const tabs = operations.map(async (name) => {
    const query = await readFile(join(folder, name), 'utf8');
    const variables = name.replace(/\.graphql$/, '.variables.json');
    return {
      query,
      variables: names.includes(variables) ? await readFile(join(folder, variables), 'utf8') : '',
    };
  });
  return tabs.length > 0 ? (await Promise.all(tabs)).sort((a, b) => rank(a) - rank(b)) : [NOTHING];
}
