// Model of @auth/core/providers/google, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("google", "Google", "oidc");
