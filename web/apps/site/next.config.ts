/**
 * The site's Node process renders; the API process in front of it owns the public port, compresses and caches
 * (docs/decisions/0003-one-page-cache.md). So whatever Next would do about caching is switched off here.
 */
import { fileURLToPath } from "node:url";
import type { NextConfig } from "next";
import { contentSecurityPolicy } from "./lib/security.ts";

const workspace = fileURLToPath(new URL("../../", import.meta.url));

const config: NextConfig = {
  output: "standalone",
  outputFileTracingRoot: workspace,
  turbopack: { root: workspace },
  transpilePackages: ["@masthead/client", "@masthead/ui"],
  images: { unoptimized: true },
  poweredByHeader: false,
  compress: false,
  generateEtags: false,
  trailingSlash: false,
  // The same sources give the same build: no random identifier.
  generateBuildId: () => "masthead",
  // `npm run check` has seen the types already.
  typescript: { ignoreBuildErrors: true },
  devIndicators: false,
  async headers() {
    return [
      { source: "/:path*", headers: SECURITY },
      { source: "/_fonts/:file", headers: FOREVER },
      { source: "/_islands/:file", headers: FOREVER },
    ];
  },
};

const SECURITY = [
  { key: "content-security-policy", value: contentSecurityPolicy() },
  { key: "x-content-type-options", value: "nosniff" },
  { key: "referrer-policy", value: "strict-origin-when-cross-origin" },
];

// These names change with their content.
const FOREVER = [{ key: "cache-control", value: "public, max-age=31536000, immutable" }];

export default config;
