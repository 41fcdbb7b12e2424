/** The foot of every page: where else to go. */
import type { ReactNode } from "react";
import type { NavigationItem } from "../story.ts";
import type { Words } from "../words.ts";

interface FooterProps {
  readonly name: string;
  readonly links: readonly NavigationItem[];
  readonly words: Words;
}

export function Footer({ name, links, words }: FooterProps): ReactNode {
  return (
    <footer className="foot wrap label">
      <nav className="foot-inner" aria-label={words.footer}>
        <p dir="auto">{name}</p>
        <ul>
          {links.map(({ label, href }) => (
            <li key={href}>
              <a className="quiet" href={href}>
                {label}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </footer>
  );
}
