// The editor's workers come from this server too: the page loads nothing from anywhere else.
self.MonacoEnvironment = {
  globalAPI: false,
  getWorkerUrl: (_module, label) => `/explorer/${label}.worker.js`,
};

document.querySelector('#address').textContent = new URL('/graphql', location.href).href;

const response = fetch('/explorer/tabs.json').then((answer) => answer.json());
response.then((defaultTabs) => {
  YogaGraphiQL.renderYogaGraphiQL(document.querySelector('#explorer'), {
    endpoint: '/graphql',
    title: 'GraphiQL',
    defaultTabs,
    // GraphiQL fills the variables of every tab but the first, which it shows at once.
    initialVariables: defaultTabs[0].variables,
    defaultEditorToolsVisibility: 'variables',
    isHeadersEditorEnabled: true,
    shouldPersistHeaders: false,
    schemaDescription: true,
    inputValueDeprecation: true,
  });
});
