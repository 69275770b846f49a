import { SUBGRAPHS } from '../kernel/postgres/roles.ts';

/** Where a subgraph answers when it is served apart and nothing else is said: 4001, 4002… in this order. */
export const defaultSubgraphUrl = (name: string): string =>
  `http://localhost:${defaultSubgraphPort(name)}/graphql`;

/** 4001 for the first subgraph, and so on. */
export const defaultSubgraphPort = (name: string): number =>
  4001 + SUBGRAPHS.findIndex((known) => known === name);
