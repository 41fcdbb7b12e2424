/** The frame of every page: what search engines and readers' programs are told, the head, the text, the foot. */

import type { Day } from "@masthead/ui";
import { Footer, FrontMasthead, Masthead, PreviewBar, wordsOf } from "@masthead/ui";
import Head from "next/head";
import type { ReactNode } from "react";
import type { Chrome } from "../lib/chrome.ts";
import { ownIndexes } from "../lib/chrome.ts";
import { dayOf } from "../lib/dates.ts";
import { scriptJson } from "../lib/json-ld.ts";
import { absolute } from "../lib/urls.ts";

interface FrameProps {
  readonly chrome: Chrome;
  /** The page's own title; the front page has none but the publication's. */
  readonly title?: string;
  readonly description?: string | null;
  /** The page's path; a page without a canonical address gives none. */
  readonly path?: string;
  readonly image?: string | null;
  readonly article?: { readonly published: string; readonly modified: string | null };
  readonly structured?: readonly object[];
  readonly alternates?: readonly { readonly type: string; readonly href: string }[];
  readonly isIndexed?: boolean;
  /** The front page gives the day of its edition and gets the great masthead. */
  readonly front?: { readonly day: Day | null };
  readonly children: ReactNode;
}

export function Frame(props: FrameProps): ReactNode {
  const { chrome, front, path, children } = props;
  const { preview } = chrome;
  const words = wordsOf(chrome.language);
  const shared = { name: chrome.title, navigation: chrome.navigation, currentPath: path ?? "", words };
  return (
    <>
      <Metadata {...props} />
      <a className="skip label" href="#text">
        {words.skip}
      </a>
      {preview ? (
        <PreviewBar title={preview.title} until={dayOf(preview.expiresAt, chrome.language, "moment")} words={words} />
      ) : null}
      {front ? <FrontMasthead {...shared} motto={chrome.description} day={front.day} /> : <Masthead {...shared} />}
      <main id="text" className="wrap" tabIndex={-1}>
        {children}
      </main>
      <Footer
        name={chrome.title}
        links={[...ownIndexes(words), { label: words.feed, href: "/feed.xml" }]}
        words={words}
      />
    </>
  );
}

const FEEDS = [
  { type: "application/rss+xml", href: "/feed.xml" },
  { type: "application/atom+xml", href: "/atom.xml" },
  { type: "application/feed+json", href: "/feed.json" },
] as const;

function Metadata(props: FrameProps): ReactNode {
  const { chrome, path, structured = [], alternates = [] } = props;
  const isIndexed = (props.isIndexed ?? true) && !chrome.preview;
  const title = props.title ? `${props.title} · ${chrome.title}` : chrome.title;
  const canonical = path === undefined ? null : absolute(chrome.baseUrl, path);
  return (
    <Head>
      <title>{title}</title>
      {props.description ? <meta name="description" content={props.description} /> : null}
      {isIndexed ? null : <meta name="robots" content="noindex" />}
      {canonical ? <link rel="canonical" href={canonical} /> : null}
      {FEEDS.map(({ type, href }) => (
        <link key={href} rel="alternate" type={type} title={chrome.title} href={href} />
      ))}
      {alternates.map(({ type, href }) => (
        <link key={href} rel="alternate" type={type} href={href} />
      ))}
      {openGraph(props, canonical).map(([property, content]) => (
        <meta key={property} property={property} content={content} />
      ))}
      <meta name="twitter:card" content={props.image ? "summary_large_image" : "summary"} />
      {structured.map((value, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list of a page never changes
        // biome-ignore lint/security/noDangerouslySetInnerHtml: scriptJson escapes what could end the element
        <script key={at} type="application/ld+json" dangerouslySetInnerHTML={{ __html: scriptJson(value) }} />
      ))}
    </Head>
  );
}

function openGraph(props: FrameProps, canonical: string | null): [string, string][] {
  const { chrome, article, title, description, image } = props;
  const pairs: [string, string | null | undefined][] = [
    ["og:type", article ? "article" : "website"],
    ["og:title", title ?? chrome.title],
    ["og:description", description],
    ["og:url", canonical],
    ["og:site_name", chrome.title],
    ["og:locale", chrome.language.replace("-", "_")],
    ["og:image", image ? absolute(chrome.baseUrl, image) : null],
    ["article:published_time", article?.published],
    ["article:modified_time", article?.modified],
  ];
  return pairs.filter((pair): pair is [string, string] => Boolean(pair[1]));
}
