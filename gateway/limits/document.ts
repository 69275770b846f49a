import type { GatewayPlugin } from '@graphql-hive/gateway-runtime';
import { type DocumentNode, GraphQLError, validate } from 'graphql';
import { MOST } from './bounds.ts';
import { checkCounts } from './counts.ts';
import { checkExpansion } from './expansion.ts';
import { checkMeta } from './meta.ts';
import { Refusal } from './refusal.ts';

/** What graphql-js says when it stops reading. */
const TOO_LONG = /^Syntax Error: Document contains more tha[nt] \d+ tokens/;

/** Validation stops after this many errors, and tells that it did. */
const MOST_ERRORS = 19;

/**
 * Refuses a document that would be dear to validate, plan or run, in a time that grows with its length only.
 * @throws Refusal (COST_LIMIT, BAD_USER_INPUT), or GRAPHQL_VALIDATION_FAILED for fragments that spread themselves
 */
export function checkDocument(document: DocumentNode): void {
  checkCounts(document);
  checkExpansion(document);
  checkMeta(document);
}

/**
 * Refuses documents before graphql-js validates them: its rules compare each selection with each. What is refused
 * is remembered by the cache of the parser, like what is accepted.
 */
export function documentLimits(): GatewayPlugin {
  const accepted = new WeakSet<DocumentNode>();
  return {
    onParse({ params, parseFn, setParseFn }) {
      if (params.source.toString().length > MOST.characters) {
        throw new Refusal('COST_LIMIT', `The document has more than ${MOST.characters} characters.`);
      }
      setParseFn((source, options) => {
        try {
          return parseFn(source, { ...options, maxTokens: MOST.tokens });
        } catch (error) {
          if (!(error instanceof Error && TOO_LONG.test(error.message))) throw error;
          throw new Refusal('COST_LIMIT', `The document has more than ${MOST.tokens} tokens.`);
        }
      });
      return ({ result, replaceParseResult }) => {
        if (!result || result instanceof Error || accepted.has(result)) return;
        try {
          checkDocument(result);
          accepted.add(result);
        } catch (error) {
          replaceParseResult(error);
        }
      };
    },
    onValidate({ setValidationFn }) {
      setValidationFn((schema, document, rules) =>
        validate(schema, document, rules, { maxErrors: MOST_ERRORS }).map(withoutManyPlaces),
      );
    },
  };
}

/** Most places of the document that one error names: a conflict would name every selection of it. */
const MOST_PLACES = 4;

function withoutManyPlaces(error: GraphQLError): GraphQLError {
  if ((error.nodes?.length ?? 0) <= MOST_PLACES) return error;
  const { message, nodes, extensions } = error;
  return new GraphQLError(message, { nodes: nodes?.slice(0, MOST_PLACES) ?? null, extensions });
}
