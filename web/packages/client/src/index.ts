/** The typed client of a Masthead publication: knows GraphQL and HTTP, knows no React and no Next. */
export { type ClientOptions, createClient, type Run } from "./client.ts";
export { ApiError, ApiRefused, ApiUnavailable, type GraphQLFault } from "./errors.ts";
export { type FragmentOf, graphql, type ResultOf, readFragment, type VariablesOf } from "./graphql.ts";
export { LARGEST_PAGE, type Slice, walk } from "./walk.ts";
