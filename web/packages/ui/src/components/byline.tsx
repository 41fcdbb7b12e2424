/** Who wrote it, when, and how long it takes: `By Ada and Grace · 19 March 2025 · 5 min`. */
import { Fragment, type ReactNode } from "react";
import type { Day, Person } from "../story.ts";
import type { Words } from "../words.ts";

interface BylineProps {
  readonly authors: readonly Person[];
  readonly date: Day;
  readonly updated?: Day | null;
  readonly minutes: number;
  readonly language: string;
  readonly words: Words;
}

export function Byline({ authors, date, updated, minutes, language, words }: BylineProps): ReactNode {
  return (
    <p className="byline dotted label" dir="auto">
      {authors.length > 0 ? (
        <span>
          {words.by} <People authors={authors} language={language} />
        </span>
      ) : null}
      <span>
        <time className="whole" dateTime={date.iso}>
          {date.text}
        </time>
      </span>
      {updated ? (
        <span>
          {words.updated}{" "}
          <time className="whole" dateTime={updated.iso}>
            {updated.text}
          </time>
        </span>
      ) : null}
      <span>{words.minutes(minutes)}</span>
    </p>
  );
}

/** Names joined as the language joins them. */
export function People({ authors, language }: { authors: readonly Person[]; language: string }): ReactNode {
  const names = authors.map(({ name }) => name);
  const parts = new Intl.ListFormat(language, { type: "conjunction" }).formatToParts(names);
  // The parts alternate: a name, what joins it to the next, a name.
  return authors.map(({ name, href }, at) => (
    <Fragment key={href}>
      <a className="quiet" href={href} dir="auto">
        {name}
      </a>
      {parts[2 * at + 1]?.value}
    </Fragment>
  ));
}
