/** The parts of a post's page. */
import type { ReactNode } from "react";
import type { Day, NavigationItem, Story } from "../story.ts";
import type { Words } from "../words.ts";
import { Byline } from "./byline.tsx";
import { Image } from "./picture.tsx";

interface PostHeadProps {
  readonly story: Story;
  /** What its author wrote of it. The beginning of the text, which lists show for want of it, follows anyway. */
  readonly standfirst: string | null;
  readonly updated: Day | null;
  readonly language: string;
  readonly words: Words;
}

/** Title, standfirst, by-line. */
export function PostHead({ story, standfirst, updated, language, words }: PostHeadProps): ReactNode {
  return (
    <header className="post-head">
      <h1 className="post-title" dir="auto">
        {story.title}
      </h1>
      {standfirst ? (
        <p className="post-standfirst" dir="auto">
          {standfirst}
        </p>
      ) : null}
      <Byline {...story} updated={updated} language={language} words={words} />
    </header>
  );
}

export function PostCover({ story }: { story: Story }): ReactNode {
  return story.cover ? (
    <figure className="post-cover">
      <Image picture={story.cover} isFirst />
    </figure>
  ) : null;
}

export interface ContentsEntry {
  readonly level: number;
  readonly id: string;
  readonly text: string;
}

/** The contents: beside the text on wide screens, folded above it on narrow ones. */
export function Contents({ entries, words }: { entries: readonly ContentsEntry[]; words: Words }): ReactNode {
  return (
    <nav className="toc label" aria-label={words.contents}>
      <details data-island="contents">
        <summary>{words.contents}</summary>
        <ol>
          {entries.map(({ level, id, text }) => (
            <li key={id} data-level={level}>
              <a className="quiet" href={`#${encodeURIComponent(id)}`} dir="auto">
                {text}
              </a>
            </li>
          ))}
        </ol>
      </details>
    </nav>
  );
}

/** Rendered Markdown. The HTML was sanitised by the server when the entry was saved. */
export function Prose({ html, words }: { html: string; words: Words }): ReactNode {
  return (
    <div
      className="prose"
      dir="auto"
      data-copy={words.copy}
      data-copied={words.copied}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: the one door for the server's sanitised HTML
      dangerouslySetInnerHTML={{ __html: html }}
    />
  );
}

export function PostTags({ tags, words }: { tags: readonly NavigationItem[]; words: Words }): ReactNode {
  return tags.length > 0 ? (
    <nav className="post-tags label" aria-label={words.tags}>
      {tags.map(({ label, href }) => (
        <a key={href} href={href} dir="auto">
          {label}
        </a>
      ))}
    </nav>
  ) : null;
}

interface NeighboursProps {
  readonly older: NavigationItem | null;
  readonly newer: NavigationItem | null;
  readonly words: Words;
}

/** The posts before and after in time. */
export function Neighbours({ older, newer, words }: NeighboursProps): ReactNode {
  if (!older && !newer) return null;
  return (
    <nav className="neighbours" aria-label={words.archive}>
      {newer ? <Neighbour item={newer} label={words.newer} side="newer" /> : null}
      {older ? <Neighbour item={older} label={words.older} side="older" /> : null}
    </nav>
  );
}

function Neighbour({ item, label, side }: { item: NavigationItem; label: string; side: "older" | "newer" }) {
  return (
    <p className="neighbour">
      <span className="label">{label}</span>
      <a className="quiet" href={item.href} rel={side === "older" ? "prev" : "next"} dir="auto">
        {item.label}
      </a>
    </p>
  );
}

/** A few posts on the same subjects. */
export function Related({ stories, words }: { stories: readonly NavigationItem[]; words: Words }): ReactNode {
  return stories.length > 0 ? (
    <section className="related">
      <h2 className="related-title">{words.related}</h2>
      <ul>
        {stories.map(({ label, href }) => (
          <li key={href} className="py-1 leading-snug">
            <a className="quiet" href={href} dir="auto">
              {label}
            </a>
          </li>
        ))}
      </ul>
    </section>
  ) : null;
}
