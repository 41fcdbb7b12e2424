/** From an outcome to a page: what was found is shown by its own view, the rest looks the same everywhere. */
import type { ReactElement } from "react";
import type { Chrome } from "../lib/chrome.ts";
import type { Outcome } from "../lib/outcome.ts";
import { Absent } from "./absent.tsx";
import { Unavailable } from "./unavailable.tsx";

export interface ViewProps<Page> {
  readonly chrome: Chrome;
  readonly page: Page;
}

/** The React page for a view of what was found. */
export function shown<Page>(View: (props: ViewProps<Page>) => ReactElement) {
  return function ShownPage(outcome: Outcome<Page>): ReactElement {
    switch (outcome.kind) {
      case "found":
        return <View chrome={outcome.chrome} page={outcome.page} />;
      case "absent":
        return <Absent chrome={outcome.chrome} />;
      case "unavailable":
        return <Unavailable />;
    }
  };
}
