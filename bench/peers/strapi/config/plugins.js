module.exports = {
  graphql: {
    config: { endpoint: "/graphql", landingPage: false, depthLimit: 10, defaultLimit: 100, maxLimit: 100 },
  },
  "users-permissions": { config: { jwtSecret: "only for the bench" } },
};
