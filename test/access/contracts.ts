import { readFileSync } from 'node:fs';
import { buildSchema, type GraphQLSchema } from 'graphql';

const contract = (name: string): GraphQLSchema =>
  buildSchema(readFileSync(new URL(`../../schema/${name}.graphql`, import.meta.url), 'utf8'));

/** What roles see, and what anybody sees, as printed. */
export const INTERNAL = contract('internal');
export const PUBLIC = contract('api');
