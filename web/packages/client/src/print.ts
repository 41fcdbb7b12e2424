/** A document as text: printed once and remembered, since documents are constants of the program. */
import { Kind, print as printDocument } from "@0no-co/graphql.web";
import type { TadaDocumentNode } from "gql.tada";

const printed = new WeakMap<object, string>();

type AnyDocument = Pick<TadaDocumentNode<unknown, unknown>, "definitions">;

/** The document's text. */
export function print(document: AnyDocument): string {
  const known = printed.get(document);
  if (known !== undefined) return known;
  const text = printDocument(document as Parameters<typeof printDocument>[0]);
  printed.set(document, text);
  return text;
}

/** The name of the document's operation: what a log line calls it. */
export function operationName(document: AnyDocument): string {
  const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  return operation?.name?.value ?? "(unnamed)";
}
