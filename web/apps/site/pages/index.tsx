/** The front page: the newest post leads, the next ones stand in a column. */
import { graphql } from "@masthead/client";
import { type Day, Empty, Lead, type Story, StoryList, wordsOf } from "@masthead/ui";
import { run } from "../lib/api.ts";
import { chromeOf, SITE } from "../lib/chrome.ts";
import { dayOf } from "../lib/dates.ts";
import { outcomeOf } from "../lib/outcome.ts";
import { STORY, storyOf } from "../lib/stories.ts";
import { Frame } from "../views/frame.tsx";
import { shown, type ViewProps } from "../views/shown.tsx";

export const config = { unstable_runtimeJS: false };

const HOME = graphql(
  `
    query Home {
      site {
        ...SiteFields
      }
      posts(first: 16) {
        nodes {
          id
          date
          ...StoryFields
        }
        pageInfo {
          hasNextPage
        }
      }
    }
  `,
  [SITE, STORY],
);

interface Home {
  readonly day: Day | null;
  readonly stories: readonly Story[];
  readonly hasMore: boolean;
}

export const getServerSideProps = outcomeOf<Home>(async () => {
  const { site, posts } = await run(HOME);
  const chrome = chromeOf(site);
  const newest = posts.nodes[0];
  const page = {
    day: newest ? dayOf(newest.date, chrome.language, "edition") : null,
    stories: posts.nodes.map((post) => storyOf(post, chrome.language)),
    hasMore: posts.pageInfo.hasNextPage,
  };
  return { chrome, page };
});

export default shown<Home>(function HomeView({ chrome, page }: ViewProps<Home>) {
  const words = wordsOf(chrome.language);
  const [lead, ...others] = page.stories;
  const shared = { language: chrome.language, words };
  return (
    <Frame chrome={chrome} path="/" description={chrome.description} front={{ day: page.day }}>
      {lead ? <Lead story={lead} {...shared} /> : <NothingYet />}
      {others.length > 0 ? <StoryList stories={others} {...shared} /> : null}
      {page.hasMore ? (
        <p className="more label">
          <a href="/archive">{words.allPosts}</a>
        </p>
      ) : null}
    </Frame>
  );
});

function NothingYet() {
  return (
    <Empty title="Nothing is published yet.">
      <p>
        Put a Markdown file into the publication’s <code>posts</code> folder. The first post leads this page as soon as
        it is saved.
      </p>
    </Empty>
  );
}
