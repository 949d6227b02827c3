// Model of @auth/core/providers/identity-server4, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("identity-server4", "IdentityServer4", "oidc");
