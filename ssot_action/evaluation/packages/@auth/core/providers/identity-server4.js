// Model of @auth/core/providers/identity-server4, checked against 0.37.4 and 0.41.3.
import { provider } from "./_provider.js";

export default provider("identity-server4", "IdentityServer4", "oidc");
