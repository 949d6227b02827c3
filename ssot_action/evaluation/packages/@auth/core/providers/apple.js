// Model of @auth/core/providers/apple, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("apple", "Apple", "oidc");
