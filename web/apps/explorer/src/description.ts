/** An OpenAPI description as the page needs it. */
export interface Description {
  readonly servers?: unknown;
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly parameters?: readonly Parameter[] }>>>>;
  readonly components: { readonly parameters?: Readonly<Record<string, Parameter>> };
}

export interface Parameter {
  readonly example?: unknown;
}

/**
 * `description` without examples of lists: the page fills its form with them, and so would ask for everything that can be
 * asked for at once. Without servers too: there is one, which the page is on.
 */
export function withoutExamples(description: Description): Description {
  const { servers: _, ...rest } = description;
  return {
    ...rest,
    paths: mapped(description.paths, (path) =>
      mapped(path, (operation) =>
        operation.parameters ? { ...operation, parameters: operation.parameters.map(plain) } : operation,
      ),
    ),
    components: { ...description.components, parameters: mapped(description.components.parameters ?? {}, plain) },
  };
}

function plain(parameter: Parameter): Parameter {
  const { example, ...rest } = parameter;
  return Array.isArray(example) ? rest : parameter;
}

function mapped<Value, Result>(of: Readonly<Record<string, Value>>, each: (value: Value) => Result) {
  return Object.fromEntries(Object.entries(of).map(([name, value]) => [name, each(value)]));
}
