import { globSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { diagramOf, possibleSteps, type Workflow } from '../kernel/write/workflow.ts';

/** Where the pictures are. */
export const PAGE = 'docs/workflows.md';

const HEAD = `# Workflows

What has states in the hub, and what leads from one to another: each is declared in one file, from which this page is
written (\`npm run workflows\`; a test compares them). A step that is not drawn is refused with
\`IMPOSSIBLE_TRANSITION\` and says what is possible instead. Two people at once: whoever read an older \`version\` is
told \`CONFLICT\`. Every step is audited, and sent again with the same \`idempotencyKey\` it is not done again.
`;

/** The page about all workflows that the subgraphs declare, in the order of their files. */
export async function workflowsPage(): Promise<string> {
  const files = globSync('subgraphs/**/*.workflow.ts').sort();
  const sections: string[] = [];
  for (const file of files) {
    const declared: Record<string, Workflow> = await import(pathToFileURL(resolve(file)).href);
    for (const flow of Object.values(declared)) sections.push(sectionOf(flow, file));
  }
  return [HEAD, ...sections].join('\n');
}

function sectionOf(flow: Workflow, file: string): string {
  const { name, states, steps } = flow;
  const title = `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
  return `## ${title}

\`${file}\`

\`\`\`mermaid
${diagramOf(flow)}
\`\`\`

| state | means | what is possible |
|---|---|---|
${Object.entries(states)
  .map(([state, means]) => `| ${state} | ${means} | ${possibleSteps(flow, state).join(', ') || '–'} |`)
  .join('\n')}

| step | who | means |
|---|---|---|
${Object.entries(steps)
  .map(([verb, { by, means }]) => `| ${verb} | ${by} | ${means} |`)
  .join('\n')}
`;
}

if (import.meta.main) writeFileSync(PAGE, await workflowsPage());
