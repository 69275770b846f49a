import { hasScope, type Scope, type Viewer } from '../../../kernel/viewer.ts';
import { possibleSteps } from '../../../kernel/write/workflow.ts';
import { replyWorkflow } from './reply.workflow.ts';
import type { ReplyState } from './tables.ts';

export type ReplyStep = keyof typeof replyWorkflow.steps;

/** What each step takes, as its mutation declares it. */
export const SCOPE_OF_STEP: Readonly<Record<ReplyStep, Scope>> = {
  draft: 'replies:write',
  submit: 'replies:write',
  sendBack: 'replies:validate',
  publish: 'replies:validate',
  correct: 'replies:validate',
  transfer: 'replies:write',
};

/** What a viewer may do next with a reply in this state. */
export const stepsFor = (viewer: Viewer, state: ReplyState): ReplyStep[] =>
  possibleSteps(replyWorkflow, state).filter((step) => hasScope(viewer, SCOPE_OF_STEP[step]));
