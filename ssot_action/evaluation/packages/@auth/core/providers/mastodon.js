// Model of @auth/core/providers/mastodon, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("mastodon", "Mastodon", "oauth");
