/** Prefix of the variables that give the address of a subgraph: `HUB_SUBGRAPH_URL_INDICATORS`. */
const URL_PREFIX = 'HUB_SUBGRAPH_URL_';

/** Addresses of subgraphs given by the environment; a name in capitals, other characters as `_`. */
export function subgraphUrls(environment: Record<string, string | undefined>): Record<string, string> {
  const urls: Record<string, string> = {};
  for (const [name, url] of Object.entries(environment))
    if (url && name.startsWith(URL_PREFIX)) urls[environmentName(name.slice(URL_PREFIX.length))] = url;
  return urls;
}

/** The form of a subgraph's name that a variable of the environment can hold. */
export const environmentName = (name: string) => name.toUpperCase().replace(/[^A-Z0-9]/g, '_');
