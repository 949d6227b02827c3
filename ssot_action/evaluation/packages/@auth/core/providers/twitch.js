// Model of @auth/core/providers/twitch, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("twitch", "Twitch", "oidc");
