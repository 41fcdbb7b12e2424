/** Posts as lists show them. */
import { type FragmentOf, graphql, readFragment } from "@masthead/client";
import type { Person, Picture, Story } from "@masthead/ui";
import { dayOf } from "./dates.ts";
import { hrefOf } from "./urls.ts";

export const STORY = graphql(`
  fragment StoryFields on Post {
    title
    slug
    description
    date
    authors {
      name
      slug
    }
    cover {
      url
      alt
      width
      height
    }
    body {
      excerpt
      readingTime
    }
  }
`);

/** A post for a list. Without a description, the beginning of its text stands in. */
export function storyOf(masked: FragmentOf<typeof STORY>, language: string): Story {
  const post = readFragment(STORY, masked);
  return {
    href: hrefOf(`/posts/${post.slug}`),
    title: post.title,
    description: post.description || post.body.excerpt || null,
    date: dayOf(post.date, language),
    authors: post.authors.map(personOf),
    minutes: Math.max(1, post.body.readingTime),
    cover: post.cover ? pictureOf(post.cover) : null,
  };
}

export function personOf({ name, slug }: { name: string; slug: string }): Person {
  return { name, href: hrefOf(`/authors/${slug}`) };
}

interface AssetFields {
  readonly url: string;
  readonly alt: string | null;
  readonly width: number | null;
  readonly height: number | null;
}

function pictureOf({ url, alt, width, height }: AssetFields): Picture {
  return { url, alt: alt ?? "", width, height };
}
