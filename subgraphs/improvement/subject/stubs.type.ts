import { foreignEntity, foreignSubjects } from '../../../kernel/graphql/stub.ts';
import { builder } from '../builder.ts';

/** What plans, diagnoses, labels and impacts hang under. */
export const { Territory, Network, Structure, Site, SUBJECTS } = foreignSubjects(builder);
export const Commitment = foreignEntity(builder, 'Commitment');
