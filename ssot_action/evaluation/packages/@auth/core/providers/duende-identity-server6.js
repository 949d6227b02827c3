// Model of @auth/core/providers/duende-identity-server6, checked against 0.37.4 and 0.41.3.
import { provider } from "./_provider.js";

export default provider("duende-identity-server6", "DuendeIdentityServer6", "oidc");
