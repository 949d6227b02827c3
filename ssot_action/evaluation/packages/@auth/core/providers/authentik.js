// Model of @auth/core/providers/authentik, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("authentik", "Authentik", "oidc");
