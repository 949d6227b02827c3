// Model of @auth/core/providers/auth0, checked against 0.37.4 and 0.41.3.
import { provider } from "./_provider.js";

export default provider("auth0", "Auth0", "oidc");
