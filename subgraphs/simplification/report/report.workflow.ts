import { workflow } from '../../../kernel/write/workflow.ts';

/** How a reported document comes to a new version that is in use. Nothing is disseminated untested. */
export const reportWorkflow = workflow({
  name: 'report',
  initial: 'RECEIVED',
  states: {
    RECEIVED: 'Received, not examined yet; not public.',
    TRIAGED: 'Examined: it will be rewritten.',
    IN_REWRITE: 'Being rewritten.',
    USER_TESTED: 'The last version of its new text was tested with users.',
    DISSEMINATED: 'The new version is in use.',
    DECLINED: 'It will not be rewritten.',
  },
  steps: {
    triage: {
      from: ['RECEIVED'],
      to: 'TRIAGED',
      by: 'headquarters, or the referent of the structure',
      means: 'Examines it, and says whether the public sees it.',
    },
    startRewrite: {
      from: ['TRIAGED'],
      to: 'IN_REWRITE',
      by: 'headquarters, or the referent of the structure',
      means: 'Begins its rewriting.',
    },
    saveRewrite: {
      from: ['IN_REWRITE'],
      to: 'IN_REWRITE',
      by: 'headquarters, or the referent of the structure',
      means: 'Keeps a new version of the text, with its assessment.',
    },
    recordUserTest: {
      from: ['IN_REWRITE', 'USER_TESTED'],
      to: 'USER_TESTED',
      by: 'headquarters, or the referent of the structure',
      means: 'Tells how users did with the last version of the text.',
    },
    rewriteAgain: {
      from: ['USER_TESTED'],
      to: 'IN_REWRITE',
      by: 'headquarters, or the referent of the structure',
      means: 'The test was not good enough: another version, and another test.',
    },
    disseminate: {
      from: ['USER_TESTED'],
      to: 'DISSEMINATED',
      by: 'headquarters, or the referent of the structure',
      means: 'Puts the tested version in use.',
    },
    decline: {
      from: ['RECEIVED', 'TRIAGED', 'IN_REWRITE', 'USER_TESTED'],
      to: 'DECLINED',
      by: 'headquarters, or the referent of the structure',
      means: 'Will not rewrite it, for a reason.',
    },
    reopen: {
      from: ['DECLINED'],
      to: 'RECEIVED',
      by: 'headquarters, or the referent of the structure',
      means: 'Takes it up again, from its examination.',
    },
  },
});
