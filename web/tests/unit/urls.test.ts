/** Every slug has one address, and HTML for readers elsewhere has absolute ones only. */
import { describe, expect, test } from "vitest";
import { absolute, absoluteHtml, hrefOf, slugOf } from "../../apps/site/lib/urls.ts";

describe("the address of a slug", () => {
  test("keeps slashes, dots, capitals and what a segment may hold", () => {
    expect(hrefOf("/posts/2015/09/17/Rust-1.3")).toBe("/posts/2015/09/17/Rust-1.3");
    expect(hrefOf("/posts/release/v4.2.4")).toBe("/posts/release/v4.2.4");
    expect(hrefOf("/tags/c++@home,(old)")).toBe("/tags/c++@home,(old)");
  });

  test("encodes what would mean something else", () => {
    expect(hrefOf("/tags/c#?x=1 y%")).toBe("/tags/c%23%3Fx=1%20y%25");
    expect(hrefOf("/posts/über")).toBe("/posts/%C3%BCber");
    expect(hrefOf('/posts/"><b>')).toBe("/posts/%22%3E%3Cb%3E");
  });

  test("is joined again from a route's segments", () => {
    expect(slugOf(["2015", "09", "17", "Rust-1.3"])).toBe("2015/09/17/Rust-1.3");
    expect(slugOf("about")).toBe("about");
    expect(slugOf(undefined)).toBe("");
  });
});

test("an absolute address stays, a path gets the publication's host", () => {
  expect(absolute("https://night.example", "/posts/a")).toBe("https://night.example/posts/a");
  expect(absolute("https://night.example", "https://other.example/x")).toBe("https://other.example/x");
});

test("HTML for a feed has no relative address", () => {
  const html =
    '<p><a href="/posts/b">b</a> <a href="#note">1</a> <img alt="" src="/assets/1/a.png"> <a href="//c.example">c</a>' +
    ' <a href="mailto:a@b.c">m</a> href="/not-a-tag"</p>';
  expect(absoluteHtml(html, "https://n.example", "https://n.example/posts/a")).toBe(
    '<p><a href="https://n.example/posts/b">b</a> <a href="https://n.example/posts/a#note">1</a>' +
      ' <img alt="" src="https://n.example/assets/1/a.png"> <a href="//c.example">c</a>' +
      ' <a href="mailto:a@b.c">m</a> href="/not-a-tag"</p>',
  );
});
