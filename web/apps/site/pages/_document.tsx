/** The document around every page: language, theme before paint, fonts, and our few scripts; none of Next's. */
import { PRELOADED_FONTS } from "@masthead/ui/fonts";
import { type DocumentProps, Head, Html, Main, NextScript } from "next/document";
import { ISLANDS } from "../generated/islands.ts";
import type { Chrome } from "../lib/chrome.ts";
import { environment } from "../lib/environment.ts";
import { SPECULATION_RULES, THEME_SCRIPT } from "../lib/inline-scripts.ts";

export default function Document({ __NEXT_DATA__ }: DocumentProps) {
  const chrome = (__NEXT_DATA__.props.pageProps as { chrome?: Chrome } | undefined)?.chrome;
  const { isLive } = environment();
  return (
    <Html lang={chrome?.language ?? "en"} dir={chrome?.direction ?? "ltr"} data-live={isLive ? "" : undefined}>
      <Head>
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours */}
        <script dangerouslySetInnerHTML={{ __html: THEME_SCRIPT }} />
        {PRELOADED_FONTS.map((href) => (
          <link key={href} rel="preload" href={href} as="font" type="font/woff2" crossOrigin="anonymous" />
        ))}
        <script type="module" src={ISLANDS} />
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours */}
        <script type="speculationrules" dangerouslySetInnerHTML={{ __html: SPECULATION_RULES }} />
      </Head>
      <body>
        <Main />
        <NextScript />
      </body>
    </Html>
  );
}
