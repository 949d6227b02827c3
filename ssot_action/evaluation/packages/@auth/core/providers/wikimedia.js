// Model of @auth/core/providers/wikimedia, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("wikimedia", "Wikimedia", "oauth");
