/** A post's page: like a good page of a book. */
import { Contents, Neighbours, PostCover, PostHead, PostTags, Prose, Related, wordsOf } from "@masthead/ui";
import type { ReactElement } from "react";
import type { PostPage } from "../data/post.ts";
import { directionOfText } from "../lib/direction.ts";
import { blogPosting, breadcrumbs } from "../lib/json-ld.ts";
import { Frame } from "./frame.tsx";
import type { ViewProps } from "./shown.tsx";

export function PostView({ chrome, page }: ViewProps<PostPage>): ReactElement {
  const { story, standfirst, updated, contents, html, tags, neighbours, related } = page;
  const words = wordsOf(chrome.language);
  return (
    <Frame
      chrome={chrome}
      title={story.title}
      description={story.description}
      path={story.href}
      image={story.cover?.url ?? null}
      article={{ published: story.date.iso, modified: updated?.iso ?? null }}
      structured={[
        blogPosting(chrome, story, updated?.iso ?? null, page.keywords),
        breadcrumbs(chrome, [{ label: story.title, href: story.href }]),
      ]}
      alternates={[{ type: "text/markdown", href: `${story.href}.md` }]}
    >
      <article className="post" dir={directionOfText(story.title, chrome.direction)}>
        <PostHead story={story} standfirst={standfirst} updated={updated} language={chrome.language} words={words} />
        <PostCover story={story} />
        <div className="post-columns">
          {contents.length > 0 ? <Contents entries={contents} words={words} /> : null}
          <div className="post-body">
            <Prose html={html} words={words} />
          </div>
        </div>
        <footer className="post-foot">
          <PostTags tags={tags} words={words} />
          <Related stories={related} words={words} />
          <Neighbours {...neighbours} words={words} />
        </footer>
      </article>
    </Frame>
  );
}
