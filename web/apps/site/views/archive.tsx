/** The archive: years and their titles. */
import { Empty, PageHead, wordsOf, Year } from "@masthead/ui";
import type { ReactElement } from "react";
import type { ArchiveYear } from "../data/archive.ts";
import { breadcrumbs } from "../lib/json-ld.ts";
import { Frame } from "./frame.tsx";
import type { ViewProps } from "./shown.tsx";

export interface ArchivePage {
  readonly title: string;
  readonly path: string;
  readonly total: number;
  /** The index of years with their addresses: on this page, or each on its own. */
  readonly index: readonly { readonly year: string; readonly href: string }[];
  readonly shown: readonly ArchiveYear[];
}

export function ArchiveView({ chrome, page }: ViewProps<ArchivePage>): ReactElement {
  const words = wordsOf(chrome.language);
  return (
    <Frame
      chrome={chrome}
      title={page.title}
      path={page.path}
      structured={[breadcrumbs(chrome, [{ label: page.title, href: page.path }])]}
    >
      <PageHead title={page.title} count={words.posts(page.total)}>
        {page.index.length > 1 ? (
          <ul className="years label">
            {page.index.map(({ year, href }) => (
              <li key={year}>
                <a className="quiet" href={href} aria-current={href === page.path ? "page" : undefined}>
                  {year}
                </a>
              </li>
            ))}
          </ul>
        ) : null}
      </PageHead>
      {page.shown.length === 0 ? <Empty title="Nothing is published yet." /> : null}
      {page.shown.map(({ year, entries }) => (
        <Year key={year} year={year} count={words.posts(entries.length)} entries={entries} />
      ))}
    </Frame>
  );
}
