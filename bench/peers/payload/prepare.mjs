// Payload makes its tables, as it does when an app starts in development.
import { getPayload } from "payload";
import config from "./payload.config.js";

await getPayload({ config });
process.exit(0);
