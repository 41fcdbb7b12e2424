/** The front page: one lead story, then a column that scans. */
import type { ReactNode } from "react";
import type { Story } from "../story.ts";
import type { Words } from "../words.ts";
import { Byline, People } from "./byline.tsx";
import { Image } from "./picture.tsx";

interface StoryProps {
  readonly story: Story;
  readonly language: string;
  readonly words: Words;
}

/** The lead: as large as the page allows, its standfirst beside it. */
export function Lead({ story, language, words }: StoryProps): ReactNode {
  return (
    <article className="lead">
      <h2 className="lead-title" dir="auto">
        <a className="quiet" href={story.href}>
          {story.title}
        </a>
      </h2>
      {story.cover ? (
        <div className="lead-cover">
          <Image picture={story.cover} isFirst />
        </div>
      ) : null}
      <div className="lead-side">
        {story.description ? (
          <p className="lead-standfirst" dir="auto">
            {story.description}
          </p>
        ) : null}
        <Byline {...story} language={language} words={words} />
      </div>
    </article>
  );
}

/** A row of a list: date, title and a line or two, author and reading time. */
export function StoryRow({ story, language, words }: StoryProps): ReactNode {
  return (
    <li className="row">
      <p className="row-date label">
        <time dateTime={story.date.iso}>{story.date.text}</time>
      </p>
      <div>
        <h2 className="row-title" dir="auto">
          <a className="quiet" href={story.href}>
            {story.title}
          </a>
        </h2>
        {story.description ? (
          <p className="row-text" dir="auto">
            {story.description}
          </p>
        ) : null}
      </div>
      <p className="row-aside dotted label">
        {story.authors.length > 0 ? (
          <span>
            <People authors={story.authors} language={language} />
          </span>
        ) : null}
        <span>{words.minutes(story.minutes)}</span>
      </p>
    </li>
  );
}

interface StoryListProps {
  readonly stories: readonly Story[];
  readonly language: string;
  readonly words: Words;
}

/** Rows between hairlines. */
export function StoryList({ stories, language, words }: StoryListProps): ReactNode {
  return (
    <ol className="rows">
      {stories.map((story) => (
        <StoryRow key={story.href} story={story} language={language} words={words} />
      ))}
    </ol>
  );
}

interface EmptyProps {
  readonly title: string;
  /** The page has nothing else: this is its heading. */
  readonly isPageTitle?: boolean;
  readonly children?: ReactNode;
}

/** What stands where posts will stand. */
export function Empty({ title, isPageTitle = false, children }: EmptyProps): ReactNode {
  const Title = isPageTitle ? "h1" : "p";
  return (
    <div className="empty">
      <Title className="empty-title">{title}</Title>
      {children}
    </div>
  );
}
