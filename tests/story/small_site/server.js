// A site of our own for tests: asks the API for a post and prints its title, as Next would, in 40 lines.
const http = require("node:http");
let renders = 0;
console.log("small site: starting");

async function title(slug) {
  const answer = await fetch(`${process.env.MASTHEAD_API_URL}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      query: "query ($slug: String!) { post(slug: $slug) { title } }",
      variables: { slug },
    }),
  });
  const { data } = await answer.json();
  return data.post?.title;
}

async function answer(path) {
  if (path === "/") return [200, "<h1>Home</h1><script>let inline = 1</script>"];
  if (path.startsWith("/posts/")) {
    const found = await title(decodeURIComponent(path.slice("/posts/".length)));
    if (found) return [200, `<h1>${found}</h1>`];
  }
  if (path === "/crash") process.exit(1);
  return [404, "<h1>Nothing here</h1>"];
}

http
  .createServer(async (request, response) => {
    const path = request.url.split("?")[0];
    try {
      const [status, html] = await answer(path);
      response.writeHead(status, { "content-type": "text/html; charset=utf-8", "x-powered-by": "node" });
      response.end(`<!doctype html><html><body>${html}<p>render ${++renders}</p></body></html>`);
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  })
  .listen(Number(process.env.PORT), process.env.HOSTNAME);
