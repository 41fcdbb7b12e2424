/** Above every page of a preview: that it is one, what of, until when, and the way out. */
import type { ReactNode } from "react";
import type { Day } from "../story.ts";
import type { Words } from "../words.ts";

interface PreviewBarProps {
  readonly title: string;
  readonly until: Day;
  readonly words: Words;
}

/** Leaving is a form: no browser sends one ahead of its reader, as it may follow a link. */
export function PreviewBar({ title, until, words }: PreviewBarProps): ReactNode {
  return (
    <aside className="preview label" aria-label={words.preview}>
      <div className="preview-bar wrap">
        <p>
          <strong>{words.preview}</strong> <bdi>{title}</bdi>
          <span className="preview-note">
            {words.notPublic}{" "}
            <span>
              {words.until} <time dateTime={until.iso}>{until.text}</time>
            </span>
          </span>
        </p>
        <form method="post" action="/-/preview/leave">
          <button type="submit">{words.leave}</button>
        </form>
      </div>
    </aside>
  );
}
