/** A page without a date, and every address that no other route knows: the answer is then 404. */
import { graphql } from "@masthead/client";
import { PageHead, Prose, wordsOf } from "@masthead/ui";
import { run } from "../lib/api.ts";
import { pageBody } from "../lib/body.ts";
import { chromeOf, SITE } from "../lib/chrome.ts";
import { breadcrumbs } from "../lib/json-ld.ts";
import { outcomeOf } from "../lib/outcome.ts";
import { hrefOf, slugOf } from "../lib/urls.ts";
import { Frame } from "../views/frame.tsx";
import { shown, type ViewProps } from "../views/shown.tsx";

export const config = { unstable_runtimeJS: false };

const PAGE = graphql(
  `
    query Page($slug: String!) {
      site {
        ...SiteFields
      }
      page(slug: $slug) {
        title
        slug
        description
        body {
          html
          excerpt
        }
      }
    }
  `,
  [SITE],
);

interface StandingPage {
  readonly title: string;
  readonly href: string;
  readonly description: string | null;
  readonly excerpt: string;
  readonly html: string;
}

export const getServerSideProps = outcomeOf<StandingPage>(async ({ params }) => {
  const { site, page } = await run(PAGE, { slug: slugOf(params?.slug) });
  const chrome = chromeOf(site);
  if (!page) return { chrome, page: null };
  const { title, slug, description, body } = page;
  const html = await pageBody(body.html, title);
  return { chrome, page: { title, href: hrefOf(`/${slug}`), description, excerpt: body.excerpt, html } };
});

export default shown<StandingPage>(function StandingPageView({ chrome, page }: ViewProps<StandingPage>) {
  const words = wordsOf(chrome.language);
  return (
    <Frame
      chrome={chrome}
      title={page.title}
      description={page.description ?? page.excerpt}
      path={page.href}
      structured={[breadcrumbs(chrome, [{ label: page.title, href: page.href }])]}
    >
      <article className="post">
        <div className="post-columns">
          <div className="post-body">
            <PageHead title={page.title}>
              {page.description ? <p className="page-intro">{page.description}</p> : null}
            </PageHead>
            <Prose html={page.html} words={words} />
          </div>
        </div>
      </article>
    </Frame>
  );
});
