/** 404: nothing is published at this address. */
import { Empty } from "@masthead/ui";
import type { ReactElement } from "react";
import type { Chrome } from "../lib/chrome.ts";
import { Frame } from "./frame.tsx";

export function Absent({ chrome }: { chrome: Chrome }): ReactElement {
  return (
    <Frame chrome={chrome} title="Not found" isIndexed={false}>
      <Empty isPageTitle title="Nothing is published at this address.">
        <p>
          It may have moved, or never been here. Everything there is stands in the <a href="/archive">archive</a>, and
          the newest is on the <a href="/">front page</a>.
        </p>
      </Empty>
    </Frame>
  );
}
