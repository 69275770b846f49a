import type { GatewayPlugin } from '@graphql-hive/gateway-runtime';
import { HubError } from '../kernel/errors.ts';

/** Longest document that is parsed, in tokens. */
export const MOST_TOKENS = 1000;

/** Refuses long documents while they are read, before anything is built of them. */
export function parserLimits(): GatewayPlugin {
  return {
    onParse({ params }) {
      params.options = { ...params.options, maxTokens: MOST_TOKENS };
      return ({ result, replaceParseResult }) => {
        if (result instanceof Error && /more th\wn \d+ tokens/.test(result.message))
          replaceParseResult(
            new HubError('COST_LIMIT', `The document has more than ${MOST_TOKENS} tokens.`, {
              http: { spec: true, status: 400 },
            }),
          );
      };
    },
  };
}
