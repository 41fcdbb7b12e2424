/** The head of every page: the publication's name, and on the front page the line with the day. */
import type { ReactNode } from "react";
import type { Day, NavigationItem } from "../story.ts";
import type { Words } from "../words.ts";

interface MastheadProps {
  readonly name: string;
  readonly navigation: readonly NavigationItem[];
  readonly currentPath: string;
  readonly words: Words;
}

/** The compact head of inner pages. */
export function Masthead({ name, navigation, currentPath, words }: MastheadProps): ReactNode {
  return (
    <header className="masthead wrap">
      <div className="masthead-bar">
        <p className="masthead-name" dir="auto">
          <a href="/">{name}</a>
        </p>
        <div className="masthead-tools">
          <Navigation items={navigation} currentPath={currentPath} words={words} />
          <ThemeToggle words={words} />
        </div>
      </div>
    </header>
  );
}

interface FrontMastheadProps extends MastheadProps {
  readonly motto: string | null;
  /** The day of the newest post: the edition. Today's would be wrong in a page that is kept. */
  readonly day: Day | null;
}

/** The head of the front page. */
export function FrontMasthead({ name, motto, day, navigation, currentPath, words }: FrontMastheadProps): ReactNode {
  return (
    <header className="masthead masthead-front wrap">
      <div className="masthead-ears">
        <p className="masthead-motto label" dir="auto">
          {motto}
        </p>
        <ThemeToggle words={words} />
      </div>
      <h1 className="masthead-name" dir="auto">
        {name}
      </h1>
      <div className="masthead-line">
        {day ? (
          <p className="masthead-day">
            <time dateTime={day.iso}>{day.text}</time>
          </p>
        ) : null}
        <Navigation items={navigation} currentPath={currentPath} words={words} />
      </div>
      <div className="masthead-rule" />
    </header>
  );
}

interface NavigationProps {
  readonly items: readonly NavigationItem[];
  readonly currentPath: string;
  readonly words: Words;
}

function Navigation({ items, currentPath, words }: NavigationProps): ReactNode {
  return (
    <nav className="site-nav label" aria-label={words.navigation}>
      <ul>
        {items.map(({ label, href }) => (
          <li key={href}>
            <a className="quiet" href={href} aria-current={href === currentPath ? "page" : undefined}>
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Says what a press changes to; islands/theme.ts gives it its text, and without scripts it is not shown. */
function ThemeToggle({ words }: { words: Words }): ReactNode {
  return (
    <button
      type="button"
      className="theme-toggle label"
      data-island="theme"
      data-light={words.light}
      data-dark={words.dark}
      aria-label={words.theme}
    />
  );
}
