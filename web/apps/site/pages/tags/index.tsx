/** Every subject, in alphabetical order. */
import { graphql, walk } from "@masthead/client";
import { wordsOf } from "@masthead/ui";
import { run } from "../../lib/api.ts";
import { chromeOf, SITE } from "../../lib/chrome.ts";
import { outcomeOf } from "../../lib/outcome.ts";
import { type IndexPage, IndexView, indexOf } from "../../views/index-page.tsx";
import { shown, type ViewProps } from "../../views/shown.tsx";

export const config = { unstable_runtimeJS: false };

const FRAME = graphql(`query TagIndexFrame { site { ...SiteFields } }`, [SITE]);

const SLICE = graphql(`
  query TagIndex($after: String) {
    tags(first: 500, after: $after) {
      nodes {
        name
        slug
        posts(first: 1) {
          totalCount
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const getServerSideProps = outcomeOf<IndexPage>(async () => {
  const { site } = await run(FRAME);
  const chrome = chromeOf(site);
  const all = await walk(async (after) => (await run(SLICE, { after })).tags);
  return { chrome, page: indexOf(all, "/tags", chrome.language) };
});

export default shown<IndexPage>(function TagIndexView(props: ViewProps<IndexPage>) {
  return <IndexView {...props} title={wordsOf(props.chrome.language).tags} path="/tags" />;
});
