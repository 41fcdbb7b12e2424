/** A post, and under the same address with `.md` its Markdown. */
import { loadPost, type PostPage } from "../../data/post.ts";
import { loadMarkdown } from "../../data/post-markdown.ts";
import { documentOf, outcomeOf } from "../../lib/outcome.ts";
import { slugOf } from "../../lib/urls.ts";
import { PostView } from "../../views/post.tsx";
import { shown } from "../../views/shown.tsx";

export const config = { unstable_runtimeJS: false };

const page = outcomeOf<PostPage>(({ params }) => loadPost(slugOf(params?.slug)));
const markdown = documentOf("text/markdown", ({ params }) => loadMarkdown(slugOf(params?.slug).replace(/\.md$/, "")));

export const getServerSideProps: typeof page = async (context) => {
  return slugOf(context.params?.slug).endsWith(".md") ? markdown(context) : page(context);
};

export default shown<PostPage>(PostView);
