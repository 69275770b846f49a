/**
 * Loaded before anything else of a command. Libraries check their callers unless they are told that this is no
 * development: graphql-js alone takes twice the CPU to execute an operation then. Whoever develops may say otherwise.
 */
process.env.NODE_ENV ??= 'production';
