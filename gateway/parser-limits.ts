import type { GatewayPlugin } from '@graphql-hive/gateway-runtime';

/** Longest document that is parsed, in tokens. */
export const MOST_TOKENS = 1000;

/** Refuses long documents while they are read, before anything is built of them. */
export function parserLimits(): GatewayPlugin {
  return {
    onParse({ parseFn, setParseFn }) {
      setParseFn((source, options) => parseFn(source, { ...options, maxTokens: MOST_TOKENS }));
    },
  };
}
