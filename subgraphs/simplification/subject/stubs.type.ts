import { foreignSubjects } from '../../../kernel/graphql/stub.ts';
import { builder } from '../builder.ts';

/** What reports hang under. */
export const { Territory, Network, Structure, Site, SUBJECTS } = foreignSubjects(builder);
