// Strapi makes its tables whenever it loads; it wants this folder and does not make it.
const { mkdirSync } = require("node:fs");
const { createStrapi } = require("@strapi/strapi");

mkdirSync("public/uploads", { recursive: true });
createStrapi({ appDir: __dirname, distDir: __dirname })
  .load()
  .then((app) => app.destroy())
  .then(() => process.exit(0));
