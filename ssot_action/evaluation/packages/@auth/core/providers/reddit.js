// Model of @auth/core/providers/reddit, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("reddit", "Reddit", "oauth");
