/** A mistake of ours. Next sends it with `no-store`. */
import { Empty } from "@masthead/ui";
import Head from "next/head";

export const config = { unstable_runtimeJS: false };

export default function Failed() {
  return (
    <main className="wrap">
      <Head>
        <title>Something went wrong</title>
        <meta name="robots" content="noindex" />
      </Head>
      <Empty isPageTitle title="This page could not be made.">
        <p>
          The fault is ours and has been noted. Back to the <a href="/">front page</a>.
        </p>
      </Empty>
    </main>
  );
}
