import { shareOf } from '../../../kernel/decimal.ts';
import { internal, internalOnly } from '../../../kernel/graphql/access.ts';
import { builder } from '../builder.ts';
import { readabilityOf } from '../readability/readability.ts';
import { ReadabilityType } from '../readability/readability.type.ts';
import { SimplificationReport } from '../report/report.type.ts';
import { scoredOf } from './criteria.ts';
import { ExpertEnum, PlainLanguageScore } from './criteria.type.ts';
import type { RewriteRow, UserTestRow } from './rewrite.query.ts';

const UserTest = builder.objectRef<UserTestRow>('UserTest').implement({
  ...internalOnly,
  description: 'A test of a version of a text with users.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'TEST-<key>.' }),
    on: t.expose('tested_on', { type: 'Date', description: 'Its day.' }),
    testers: t.exposeInt('testers', { description: 'How many tried.' }),
    understood: t.exposeInt('understood', { description: 'Of these, how many understood.' }),
    completed: t.exposeInt('completed', { description: 'Of these, how many did what the document asks.' }),
    understoodShare: t.float({
      description: 'Share that understood, 0 to 1.',
      resolve: ({ understood, testers }) => shareOf(understood, testers),
    }),
    completedShare: t.float({
      description: 'Share that did what the document asks, 0 to 1.',
      resolve: ({ completed, testers }) => shareOf(completed, testers),
    }),
    remarks: t.exposeString('remarks', { nullable: true, description: 'What came out of it. Never public.' }),
    session: t.exposeID('session_id', {
      nullable: true,
      description: 'Id of the test session in which it took place, if it was one.',
    }),
  }),
});

const Rewrite = builder.objectRef<RewriteRow>('Rewrite').implement({
  ...internalOnly,
  description: 'A version of the new text of a reported document.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'REWRITE-<key of the report>-<number>.' }),
    number: t.exposeInt('number', { description: 'Versions of a report count from 1.' }),
    before: t.exposeString('before', { description: 'The text as it was.' }),
    after: t.exposeString('after', { description: 'The new text.' }),
    writtenOn: t.expose('written_on', { type: 'Date', description: 'Day on which it was written.' }),
    criteria: t.field({
      type: [PlainLanguageScore],
      description: 'How both texts meet the four criteria of plain language.',
      resolve: scoredOf,
    }),
    assessment: t.exposeString('assessment', { nullable: true, description: 'The same in words.' }),
    experts: t.expose('experts', { type: [ExpertEnum], description: 'Who was consulted.' }),
    readabilityBefore: t.field({
      type: ReadabilityType,
      description: 'Readability of the text as it was.',
      resolve: ({ before }) => readabilityOf(before),
    }),
    readabilityAfter: t.field({
      type: ReadabilityType,
      description: 'Readability of the new text.',
      resolve: ({ after }) => readabilityOf(after),
    }),
    tests: t.expose('tests', { type: [UserTest], description: 'Its tests with users, latest first.' }),
    galleryTitle: t.exposeString('title', {
      nullable: true,
      description: 'Its title in the gallery of before and after.',
    }),
    publishedOn: t.expose('published_on', {
      type: 'Date',
      nullable: true,
      description: 'Day since which the gallery shows it; null for a text that it does not show.',
    }),
  }),
});

builder.objectField(SimplificationReport, 'rewrites', (t) =>
  t.field({
    type: [Rewrite],
    nullable: true,
    ...internal('simplification:read'),
    description: 'Versions of the new text, the last one first; none for networks out of reach.',
    resolve: ({ id }, _args, { loaders }) => loaders.rewrites.load(id),
  }),
);
