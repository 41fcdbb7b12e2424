/**
 * What can go wrong between a program and the API.
 *
 *     ApiError
 *     ├── ApiUnavailable   nobody answered, or it answered 5xx: trying again can help
 *     └── ApiRefused       the operation was understood and refused: trying again cannot help
 */
export class ApiError extends Error {
  override name = "ApiError";
}

/** Nobody answered in time, or what answered was in trouble itself. */
export class ApiUnavailable extends ApiError {
  override name = "ApiUnavailable";
}

/** The API answered with GraphQL errors. They are for the log: a reader must never see them. */
export class ApiRefused extends ApiError {
  override name = "ApiRefused";
  readonly errors: readonly GraphQLFault[];

  constructor(operation: string, errors: readonly GraphQLFault[]) {
    super(`${operation}: ${errors.map((fault) => fault.message).join("; ")}`);
    this.errors = errors;
  }
}

/** One entry of a reply's `errors` (GraphQL specification, section 7.1.2). */
export interface GraphQLFault {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: { readonly code?: string };
}
