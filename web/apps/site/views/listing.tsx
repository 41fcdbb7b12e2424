/** The page of a subject or an author: who or what it is, then the posts, newest first. */
import { Empty, PageHead, StoryList, wordsOf } from "@masthead/ui";
import type { ReactElement } from "react";
import type { ListingPage } from "../data/listing.ts";
import { breadcrumbs } from "../lib/json-ld.ts";
import { Frame } from "./frame.tsx";
import type { ViewProps } from "./shown.tsx";

interface ListingProps extends ViewProps<ListingPage> {
  readonly kicker: string;
  readonly index: { readonly label: string; readonly href: string };
}

export function ListingView({ chrome, page, kicker, index }: ListingProps): ReactElement {
  const words = wordsOf(chrome.language);
  return (
    <Frame
      chrome={chrome}
      title={page.name}
      description={page.description}
      path={page.href}
      isIndexed={page.isFirst}
      structured={[breadcrumbs(chrome, [index, { label: page.name, href: page.href }])]}
    >
      <PageHead kicker={kicker} title={page.name} count={words.posts(page.total)}>
        {page.html ? (
          // biome-ignore lint/security/noDangerouslySetInnerHtml: the server's sanitised HTML
          <div className="page-intro prose" dir="auto" dangerouslySetInnerHTML={{ __html: page.html }} />
        ) : page.description ? (
          <p className="page-intro" dir="auto">
            {page.description}
          </p>
        ) : null}
      </PageHead>
      {page.stories.length > 0 ? (
        <StoryList stories={page.stories} language={chrome.language} words={words} />
      ) : (
        <Empty title="No posts here yet." />
      )}
      {page.older ? (
        <p className="more label">
          <a href={page.older.href} rel="next">
            {page.older.label}
          </a>
        </p>
      ) : null}
    </Frame>
  );
}
