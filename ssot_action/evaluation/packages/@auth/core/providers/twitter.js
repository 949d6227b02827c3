// Model of @auth/core/providers/twitter, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("twitter", "Twitter", "oauth");
