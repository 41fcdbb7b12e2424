/** The page of an author. */
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

const AUTHOR = graphql(
  `
    query Author($slug: String!, $first: Int!, $after: String) {
      site {
        ...SiteFields
      }
      author(slug: $slug) {
        name
        slug
        bio {
          html
          excerpt
        }
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
  const { site, author } = await run(AUTHOR, { slug: slugOf(params?.slug), first: LISTED, after });
  const chrome = chromeOf(site);
  if (!author) return { chrome, page: null };
  const href = hrefOf(`/authors/${author.slug}`);
  const page = {
    name: author.name,
    href,
    html: author.bio?.html ?? null,
    description: author.bio?.excerpt ?? null,
    total: author.posts.totalCount,
    stories: author.posts.nodes.map((post) => storyOf(post, chrome.language)),
    older: olderOf(href, wordsOf(chrome.language).olderPosts, author.posts.pageInfo),
    isFirst: after === null,
  };
  return { chrome, page };
});

export default shown<ListingPage>(function AuthorView(props: ViewProps<ListingPage>) {
  const words = wordsOf(props.chrome.language);
  return <ListingView {...props} kicker={words.author} index={{ label: words.authors, href: "/authors" }} />;
});
