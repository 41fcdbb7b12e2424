/** The heads of lists, the years of the archive, the index of subjects and people. */
import type { ReactNode } from "react";
import type { Day } from "../story.ts";

interface PageHeadProps {
  readonly kicker?: string;
  readonly title: string;
  readonly count?: string;
  readonly children?: ReactNode;
}

export function PageHead({ kicker, title, count, children }: PageHeadProps): ReactNode {
  return (
    <header className="page-head">
      {kicker ? <p className="page-kicker">{kicker}</p> : null}
      <h1 className="page-title" dir="auto">
        {title}
      </h1>
      {children}
      {count ? <p className="page-count label">{count}</p> : null}
    </header>
  );
}

export interface YearEntry {
  readonly href: string;
  readonly title: string;
  readonly date: Day;
}

interface YearProps {
  readonly year: string;
  readonly count: string;
  readonly entries: readonly YearEntry[];
}

/** One year of the archive, newest first. */
export function Year({ year, count, entries }: YearProps): ReactNode {
  return (
    <section className="year" id={`y${year}`}>
      <header className="year-head">
        <h2 className="year-name">{year}</h2>
        <p className="year-count label">{count}</p>
      </header>
      <ol>
        {entries.map(({ href, title, date }) => (
          <li className="entry" key={href}>
            <time className="label" dateTime={date.iso}>
              {date.text}
            </time>
            <a className="quiet" href={href} dir="auto">
              {title}
            </a>
          </li>
        ))}
      </ol>
    </section>
  );
}

export interface IndexEntry {
  readonly href: string;
  readonly label: string;
  readonly count: number;
}

/** An alphabetical index with the number of posts. */
export function Index({ entries, describe }: { entries: readonly IndexEntry[]; describe: (n: number) => string }) {
  return (
    <ul className="index">
      {entries.map(({ href, label, count }) => (
        <li key={href}>
          <a className="quiet" href={href} dir="auto">
            {label}
          </a>
          <span className="label" title={describe(count)}>
            {count}
          </span>
        </li>
      ))}
    </ul>
  );
}
