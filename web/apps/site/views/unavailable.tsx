/** 503: the API does not answer. The page needs nothing from it. */
import { Empty } from "@masthead/ui";
import Head from "next/head";
import type { ReactElement } from "react";

export function Unavailable(): ReactElement {
  return (
    <>
      <Head>
        <title>Not available just now</title>
        <meta name="robots" content="noindex" />
      </Head>
      <main className="wrap">
        <Empty isPageTitle title="This publication is not available just now.">
          <p>
            Nothing is lost. Load this page again in a moment, or begin at the <a href="/">front page</a>.
          </p>
        </Empty>
      </main>
    </>
  );
}
