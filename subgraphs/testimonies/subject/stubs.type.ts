import { foreignEntity, foreignSubjects } from '../../../kernel/graphql/stub.ts';
import { builder } from '../builder.ts';

/** What testimonies hang under. */
export const { Territory, Network, Structure, Site, SUBJECTS } = foreignSubjects(builder);
export const Procedure = foreignEntity(builder, 'Procedure');
