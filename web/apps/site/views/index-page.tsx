/** The indexes of subjects and of authors. */
import { Empty, Index, type IndexEntry, PageHead, wordsOf } from "@masthead/ui";
import type { ReactElement } from "react";
import { breadcrumbs } from "../lib/json-ld.ts";
import { hrefOf } from "../lib/urls.ts";
import { Frame } from "./frame.tsx";
import type { ViewProps } from "./shown.tsx";

export interface IndexPage {
  readonly entries: readonly IndexEntry[];
}

interface Named {
  readonly name: string;
  readonly slug: string;
  readonly posts: { readonly totalCount: number };
}

/** Names in the alphabetical order of the language; a name without posts is left out. */
export function indexOf(all: readonly Named[], path: string, language: string): IndexPage {
  const { compare } = new Intl.Collator(language, { numeric: true });
  const entries = all
    .filter(({ posts }) => posts.totalCount > 0)
    .map(({ name, slug, posts }) => ({ label: name, href: hrefOf(`${path}/${slug}`), count: posts.totalCount }))
    .sort((a, b) => compare(a.label, b.label));
  return { entries };
}

interface IndexViewProps extends ViewProps<IndexPage> {
  readonly title: string;
  readonly path: string;
}

export function IndexView({ chrome, page, title, path }: IndexViewProps): ReactElement {
  const words = wordsOf(chrome.language);
  return (
    <Frame chrome={chrome} title={title} path={path} structured={[breadcrumbs(chrome, [{ label: title, href: path }])]}>
      <PageHead title={title} />
      {page.entries.length > 0 ? (
        <Index entries={page.entries} describe={words.posts} />
      ) : (
        <Empty title="Nothing here yet." />
      )}
    </Frame>
  );
}
