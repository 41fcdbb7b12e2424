/** The page of a subject. */
import { graphql } from "@masthead/client";
import { wordsOf } from "@masthead/ui";
import { cursorOf, LISTED, type ListingPage, olderOf } from "../../data/listing.ts";
import { run } from "../../lib/api.ts";
import { chromeOf, SITE } from "../../lib/chrome.ts";
import { outcomeOf } from "../../lib/outcome.ts";
import { STORY, storyOf } from "../../lib/stories.ts";
import { hrefOf, slugOf } from "../../lib/urls.ts";
import { ListingView } from "../../views/listing.tsx";
import { shown, type ViewProps } from "../../views/shown.tsx";

export const config = { unstable_runtimeJS: false };

const TAG = graphql(
  `
    query Tag($slug: String!, $first: Int!, $after: String) {
      site {
        ...SiteFields
      }
      tag(slug: $slug) {
        name
        slug
        description
        posts(first: $first, after: $after) {
          nodes {
            ...StoryFields
          }
          pageInfo {
            hasNextPage
            endCursor
          }
          totalCount
        }
      }
    }
  `,
  [SITE, STORY],
);

export const getServerSideProps = outcomeOf<ListingPage>(async ({ params, query }) => {
  const after = cursorOf(query.after);
  const { site, tag } = await run(TAG, { slug: slugOf(params?.slug), first: LISTED, after });
  const chrome = chromeOf(site);
  if (!tag) return { chrome, page: null };
  const href = hrefOf(`/tags/${tag.slug}`);
  const page = {
    name: tag.name,
    href,
    html: null,
    description: tag.description,
    total: tag.posts.totalCount,
    stories: tag.posts.nodes.map((post) => storyOf(post, chrome.language)),
    older: olderOf(href, wordsOf(chrome.language).olderPosts, tag.posts.pageInfo),
    isFirst: after === null,
  };
  return { chrome, page };
});

export default shown<ListingPage>(function TagView(props: ViewProps<ListingPage>) {
  const words = wordsOf(props.chrome.language);
  return <ListingView {...props} kicker={words.subject} index={{ label: words.tags, href: "/tags" }} />;
});
