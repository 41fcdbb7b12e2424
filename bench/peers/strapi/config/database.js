module.exports = ({ env }) => ({
  connection: {
    client: "postgres",
    connection: {
      host: env("DATABASE_HOST"),
      database: env("DATABASE_NAME"),
      user: "postgres",
      schema: "strapi",
    },
    pool: { min: 0, max: 16 },
  },
});
