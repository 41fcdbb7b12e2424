/** For addresses that are no page's, such as a missing static file. Pages that are absent say so themselves. */
import { Empty } from "@masthead/ui";
import Head from "next/head";

export const config = { unstable_runtimeJS: false };

export default function NotFound() {
  return (
    <main className="wrap">
      <Head>
        <title>Not found</title>
        <meta name="robots" content="noindex" />
      </Head>
      <Empty isPageTitle title="There is nothing at this address.">
        <p>
          Back to the <a href="/">front page</a>.
        </p>
      </Empty>
    </main>
  );
}
