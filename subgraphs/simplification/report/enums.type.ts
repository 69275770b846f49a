import { builder } from '../builder.ts';

export const DocumentKindEnum = builder.enumType('DocumentKind', {
  description: 'What a document is.',
  values: {
    LETTER: { description: 'A letter (courrier).' },
    EMAIL: { description: 'An e-mail (courriel).' },
    FORM: { description: 'A form, on paper or online (formulaire).' },
    WEB_PAGE: { description: 'A page of a site.' },
  },
});

export const ProblemEnum = builder.enumType('SimplificationProblem', {
  description: 'Why a document is hard to understand.',
  values: {
    JARGON: { description: 'Words of the administration.' },
    TOO_DENSE: { description: 'Too much at once.' },
    REFUSAL_UNCLEAR: { description: 'The reason of a refusal is not clear.' },
    TOO_LONG: { description: 'Too long.' },
    ACRONYMS: { description: 'Acronyms that are not explained.' },
    LAYOUT: { description: 'The layout does not help.' },
    ORDER: { description: 'The order is not logical.' },
    OTHER: { description: 'Something else.' },
  },
});

export const ReportStatusEnum = builder.enumType('SimplificationStatus', {
  description: 'How far the rewriting of a reported document is. Nothing is disseminated untested.',
  values: {
    RECEIVED: { description: 'Received, not examined yet.' },
    TRIAGED: { description: 'Examined: it will be rewritten.' },
    IN_REWRITE: { description: 'Being rewritten.' },
    USER_TESTED: { description: 'Rewritten and tested with users.' },
    DISSEMINATED: { description: 'The new version is in use.' },
    DECLINED: { description: 'It will not be rewritten.' },
  },
});

export const ReporterEnum = builder.enumType('Reporter', {
  description: 'Who reported a document.',
  values: {
    USER: { description: 'A user.' },
    AGENT: { description: 'An agent of a public service.' },
  },
});
